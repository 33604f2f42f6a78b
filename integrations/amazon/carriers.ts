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
  Parcelforce: ['parcelforce', 'parcel force'],
  TNT: ['tnt'],
  'Hermes Logistik Gruppe': ['hermes logistik gruppe', 'hermes germany', 'hermes deutschland'],
  Newgistics: ['newgistics'],
  OSM: ['osm', 'osm worldwide'],
  Streamlite: ['streamlite'],
  Fastway: ['fastway'],
  BlueDart: ['bluedart', 'blue dart'],
  Delhivery: ['delhivery'],
  DTDC: ['dtdc'],
  'India Post': ['india post', 'indiapost'],
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
  const known = recognise(carrierCode) ?? recognise(carrierName);
  if (known) return { carrierCode: known.code };
  const name = [carrierName.trim(), carrierCode.trim()].find(
    (each) => !namesNothing.includes(each.toLowerCase()),
  );
  return { carrierCode: 'Other', carrierName: name ?? 'Unknown carrier' };
}

/** What the shipment says of its service: by itself, or after the carrier in its title ("UPS Ground"). */
export function shippingMethod({
  service,
  carrierName = '',
}: {
  readonly service?: string;
  readonly carrierName?: string;
}): string | undefined {
  if (service !== undefined && service.trim() !== '') return service.trim();
  const rest = recognise(carrierName)?.rest ?? '';
  // Two letters are a country.
  return /[a-z]{3}|\d/i.test(rest) ? rest : undefined;
}

/** The longest beginning that is a carrier's name decides: "DHL eCommerce Packet" is not plain DHL. */
function recognise(text: string): { code: string; rest: string } | undefined {
  const words = [...text.matchAll(/[a-z0-9]+/gi)];
  for (let count = words.length; count > 0; count -= 1) {
    const beginning = words.slice(0, count);
    const code = codes.get(beginning.map(([word]) => word.toLowerCase()).join(' '));
    const last = beginning.at(-1);
    if (code !== undefined && last) {
      return {
        code,
        rest: text
          .slice(last.index + last[0].length)
          .replace(/^[^a-z0-9]+/i, '')
          .trim(),
      };
    }
  }
  return undefined;
}
