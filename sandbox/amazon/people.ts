import type { Random } from '../random';
import type { OrderSpec } from './order';

type Address = NonNullable<OrderSpec['address']>;

/** Names as Amazon gives them, one string each: with one word, with accents, in other scripts. */
const names = [
  'Olivia Bennett',
  'Marcus T. Whitfield',
  'Prince',
  'Zoë Brontë-Hughes',
  'José Ángel Muñoz Peña',
  'Nguyễn Thị Mai',
  '山田 太郎',
  'Søren Kjærgård',
  "Siobhán O'Neill",
  'Анна Ковальчук',
  'Łukasz Żółkiewski',
  'Madonna',
  'Dr. Harriet Fitzgerald-Montgomery III',
  'DeShawn Carter',
  'Li Wei',
  'فاطمة الزهراء',
  'Giulia D’Amico',
  'Björk Guðmundsdóttir',
  'Emily Chen',
  'Robert "Bob" Kowalski',
  'Priya Raghunathan',
  'Tomás Ó Ceallaigh',
  'Grace Abernathy',
  'Hanna Müller',
];

type Place = readonly [city: string, state: string, postalCode: string, areaCode: string];

const americanPlaces: readonly Place[] = [
  ['Seattle', 'WA', '98101-1234', '206'],
  ['Portland', 'OR', '97205', '503'],
  ['San José', 'CA', '95112', '408'],
  ['Austin', 'TX', '78701', '512'],
  ['Brooklyn', 'NY', '11215', '718'],
  ['Chicago', 'IL', '60614', '312'],
  ["Coeur d'Alene", 'ID', '83814', '208'],
  ['Miami', 'Florida', '33130', '305'],
  ['Boston', 'MA', '02108', '617'],
  ['San Juan', 'PR', '00907', '787'],
  ['Honolulu', 'HI', '96815', '808'],
  ['Denver', 'CO', '80203', '303'],
];

/** Countries of the North American region, each with a marketplace of its own. */
const places = {
  US: americanPlaces,
  CA: [
    ['Toronto', 'ON', 'M5V 2T6', '416'],
    ['Montréal', 'Québec', 'H2X 1Y4', '514'],
    ['Vancouver', 'BC', 'V6B 1A1', '604'],
  ],
  MX: [
    ['Ciudad de México', 'CDMX', '06600', '55'],
    ['Guadalajara', 'JAL', '44100', '33'],
    ['Mérida', 'YUC', '97000', '999'],
  ],
} satisfies Record<string, readonly Place[]>;

const callingCodes = { US: '+1', CA: '+1', MX: '+52' };

export type DemoCountry = keyof typeof places;

const streets = [
  'Maple Avenue',
  'Oak Street',
  '5th Avenue NE',
  'Sunset Boulevard',
  'Old Mill Road',
  'Pine Court',
];

/** In turn: a house, a post-office box, three lines, an office. */
function linesOf(number: number, name: string, random: Random): Partial<Address> {
  const house = `${random.int(1, 9999)} ${random.pick(streets)}`;
  const kinds: Partial<Address>[] = [
    { addressLine1: house, addressType: 'RESIDENTIAL' },
    { addressLine1: `PO Box ${random.int(100, 9999)}`, addressType: 'RESIDENTIAL' },
    {
      addressLine1: `c/o ${name}`,
      addressLine2: house,
      addressLine3: `Building ${random.pick(['A', 'B', 'C'])}, Apt #${random.int(1, 40)}`,
      addressType: 'RESIDENTIAL',
    },
    {
      companyName: `${random.pick(['Harbor', 'Summit', 'Cedar'])} & Sons, LLC`,
      addressLine1: house,
      addressLine2: `Suite ${random.int(100, 900)}`,
      addressType: 'COMMERCIAL',
    },
  ];
  return kinds[number % kinds.length] ?? {};
}

export interface DemoBuyer {
  buyer: NonNullable<OrderSpec['buyer']>;
  address: Address;
}

/**
 * The buyer of the `number`-th order. Nobody of that name lives there; the e-mail is of the kind that Amazon
 * makes up per order, phone numbers are from the range kept free for fiction. Every fifth has no phone.
 */
export function demoBuyer(number: number, random: Random, country: DemoCountry = 'US'): DemoBuyer {
  const name = names[number % names.length] ?? random.pick(names);
  const [city, stateOrRegion, postalCode, areaCode] = random.pick<Place>(places[country]);
  const extension = number % 7 === 3 ? ' ext. 11111' : '';
  const phone = `${callingCodes[country]} ${areaCode}-555-01${String(random.int(0, 99)).padStart(2, '0')}${extension}`;
  const alias = Array.from({ length: 14 }, () => random.pick([...'abcdefghijkmnpqrstuvwxyz23456789'])).join(
    '',
  );
  return {
    buyer: { buyerName: name, buyerEmail: `${alias}@marketplace.amazon.com` },
    address: {
      name,
      ...linesOf(number, name, random),
      city,
      stateOrRegion,
      postalCode,
      countryCode: country,
      ...(number % 5 !== 4 && { phone }),
    },
  };
}
