import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A refusal in the shape that all SP-API operations share. */
export class SellingPartnerRefusal extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly details: string;

  constructor(status: ContentfulStatusCode, code: string, message: string, details = '') {
    super(message);
    this.name = 'SellingPartnerRefusal';
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** `ErrorList` of the vendor's description. */
  body() {
    return { errors: [{ code: this.code, message: this.message, details: this.details }] };
  }
}

export const invalidInput = (message: string) => new SellingPartnerRefusal(400, 'InvalidInput', message);

export const unknownOrder = (orderId: string) =>
  new SellingPartnerRefusal(404, 'NotFound', `The requested resource doesn't exist: order ${orderId}.`);

export const accessDenied = (details: string) =>
  new SellingPartnerRefusal(403, 'Unauthorized', `Access to requested resource is denied. ${details}`);

export const quotaExceeded = () =>
  new SellingPartnerRefusal(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.');
