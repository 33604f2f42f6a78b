import { cleanTracking } from '../../domain/tracking';
import { amazonCarrier } from './carriers';

/** Item numbers of the Universal Postal Union (standard S10): two letters, nine digits, the country. */
const postal = (country: string) => new RegExp(`^[A-Z]{2}\\d{9}${country}$`);
const anyPostal = postal('[A-Z]{2}');

/**
 * How numbers of a carrier look, by Amazon's code, for carriers that publish it. A number that looks otherwise is sent
 * all the same: carriers add formats, and Amazon decides.
 */
const formats: Readonly<Record<string, readonly RegExp[]>> = {
  UPS: [/^1Z[0-9A-Z]{16}$/, /^T\d{10}$/, /^\d{9}$/, /^\d{12}$/, /^\d{26}$/],
  'UPS Mail Innovations': [/^MI\d{6}/, /^\d{18,34}$/],
  USPS: [/^(?:420\d{5}(?:\d{4})?)?9\d{19,25}$/, /^(?:70|14|23|03)\d{18}$/, /^82\d{8}$/, anyPostal],
  FedEx: [/^\d{12}$/, /^\d{15}$/, /^\d{20}$/, /^\d{22}$/, /^\d{34}$/],
  DHL: [
    /^\d{10,11}$/,
    /^\d{12}$/,
    /^\d{14}$/,
    /^\d{16}$/,
    /^\d{20}$/,
    /^J[A-Z]{1,3}\d{10,20}$/,
    /^3S[0-9A-Z]+$/,
    anyPostal,
  ],
  'Canada Post': [/^\d{16}$/, postal('CA')],
  'Royal Mail': [anyPostal, /^[0-9A-Z]{16}$/, /^[0-9A-Z]{21}$/],
  DPD: [/^\d{10}$/, /^\d{14}[0-9A-Z]?$/],
  'Japan Post': [/^\d{11,12}$/, postal('JP')],
  YAMATO: [/^\d{12}$/],
  SAGAWA: [/^\d{12}$/],
};

interface Numbered {
  readonly carrierCode: string;
  readonly carrierName?: string;
  readonly trackingNumber: string;
}

/** A sentence where the number does not look like one of its carrier; undefined where it does, or nobody knows. */
export function trackingWarning(parcel: Numbered): string | undefined {
  const { carrierCode } = amazonCarrier(parcel);
  const number = cleanTracking(parcel.trackingNumber).replaceAll('-', '').toUpperCase();
  const known = formats[carrierCode];
  if (!known || known.some((format) => format.test(number))) return undefined;
  return `Amazon took parcel ${parcel.trackingNumber}, but that does not look like a number of ${carrierCode}: check it.`;
}
