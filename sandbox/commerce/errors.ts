import type { Json } from './json';

/** An answer other than 200, as Magento words it: a template with `%1` or `%name`, and its parameters. */
export class ApiError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 500;
  readonly body: Json;

  constructor(status: 400 | 401 | 403 | 404 | 500, body: { message: string } & Record<string, Json>) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** A PHP fatal error: 500 with a text body. */
export class PhpFatal extends Error {}

/** An exception that Magento hides from the client: 500 with nothing but a report id. */
export class MaskedError extends Error {}

const requiredText = '"%fieldName" is required. Enter and try again.';

export const badRequest = (message: string, parameters?: Json) =>
  new ApiError(400, parameters === undefined ? { message } : { message, parameters });

export const noSuchEntity = () =>
  new ApiError(404, {
    message: "The entity that was requested doesn't exist. Verify the entity and try again.",
  });

/** One missing field is named in the message itself, several are listed under `errors`. */
export function requiredFields(names: readonly string[]): ApiError {
  const errors = names.map((fieldName) => ({ message: requiredText, parameters: { fieldName } }));
  const [only] = errors;
  if (errors.length === 1 && only) return new ApiError(400, only);
  return new ApiError(400, { message: 'One or more input exceptions have occurred.', errors });
}

/** A refused invoice, shipment or credit memo with all its reasons. */
export const invalidDocument = (kind: 'Invoice' | 'Shipment' | 'Creditmemo', reasons: readonly string[]) =>
  badRequest(`${kind} Document Validation Error(s):\n${reasons.join('\n')}`);
