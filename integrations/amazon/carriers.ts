/**
 * Amazon's carrier codes with the names under which shops know the carrier, in lower case, words only. Amazon
 * offers no list call; codes must match the list of Seller Central's "Confirm shipment" page to the letter.
 */
const names: Readonly<Record<string, readonly string[]>> = {
  UPS: ['ups', 'united parcel service'],
  'UPS Mail Innovations': ['ups mail innovations', 'upsmi'],
  USPS: ['usps', 'us postal service', 'united states postal service', 'u s postal service'],
  FedEx: ['fedex', 'federal express', 'fed ex'],
  'FedEx SmartPost': ['fedex smartpost', 'fedex smart post'],
  DHL: ['dhl'],
  'DHL eCommerce': ['dhl ecommerce', 'dhl e commerce', 'dhl global mail', 'dhlglobalmail'],
  OnTrac: ['ontrac'],
  Lasership: ['lasership', 'laser ship'],
  'Canada Post': ['canada post', 'canadapost', 'postes canada'],
  'Royal Mail': ['royal mail', 'royalmail'],
  Yodel: ['yodel'],
  DPD: ['dpd'],
  GLS: ['gls', 'general logistics systems'],
  'Deutsche Post': ['deutsche post', 'deutschepost'],
  'La Poste': ['la poste', 'laposte'],
  Chronopost: ['chronopost'],
  'Poste Italiane': ['poste italiane'],
  SDA: ['sda'],
  SEUR: ['seur'],
  Correos: ['correos'],
  'Australia Post': ['australia post', 'auspost'],
  'Japan Post': ['japan post'],
  YAMATO: ['yamato', 'yamato transport', 'kuroneko yamato'],
  SAGAWA: ['sagawa', 'sagawa express'],
  Aramex: ['aramex'],
};

const codes = new Map(Object.entries(names).flatMap(([code, known]) => known.map((name) => [name, code])));

export type AmazonCarrier =
  | { readonly carrierCode: string }
  | { readonly carrierCode: 'Other'; readonly carrierName: string };

/** Commerce's own code of a carrier that somebody typed in. */
const namesNothing = ['', 'custom', 'other'];

/**
 * Amazon's code for a carrier as Commerce or an ERP names it: by code ("fedex"), by title ("Federal Express")
 * or by free text that begins with the carrier ("UPS Ground"). Others go as `Other` with their name.
 */
export function amazonCarrier({
  carrierCode,
  carrierName = '',
}: {
  readonly carrierCode: string;
  readonly carrierName?: string;
}): AmazonCarrier {
  const known = codeOf(carrierCode) ?? codeOf(carrierName);
  if (known) return { carrierCode: known };
  const name = [carrierName.trim(), carrierCode.trim()].find(
    (each) => !namesNothing.includes(each.toLowerCase()),
  );
  return { carrierCode: 'Other', carrierName: name ?? 'Unknown carrier' };
}

/** The longest beginning that is a carrier's name decides: "DHL eCommerce Packet" is not plain DHL. */
function codeOf(text: string): string | undefined {
  const words = text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const beginnings = words.map((_, index) => words.slice(0, words.length - index).join(' '));
  const name = beginnings.find((beginning) => codes.has(beginning));
  return name === undefined ? undefined : codes.get(name);
}
