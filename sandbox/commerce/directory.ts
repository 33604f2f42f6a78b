import { ApiError } from './errors';
import type { JsonObject } from './json';

// Regions in the order of Magento's ids.
const usRegions = `
AL Alabama
AK Alaska
AS American Samoa
AZ Arizona
AR Arkansas
AE Armed Forces Africa
AA Armed Forces Americas
AE Armed Forces Canada
AE Armed Forces Europe
AE Armed Forces Middle East
AP Armed Forces Pacific
CA California
CO Colorado
CT Connecticut
DE Delaware
DC District of Columbia
FM Federated States Of Micronesia
FL Florida
GA Georgia
GU Guam
HI Hawaii
ID Idaho
IL Illinois
IN Indiana
IA Iowa
KS Kansas
KY Kentucky
LA Louisiana
ME Maine
MH Marshall Islands
MD Maryland
MA Massachusetts
MI Michigan
MN Minnesota
MS Mississippi
MO Missouri
MT Montana
NE Nebraska
NV Nevada
NH New Hampshire
NJ New Jersey
NM New Mexico
NY New York
NC North Carolina
ND North Dakota
MP Northern Mariana Islands
OH Ohio
OK Oklahoma
OR Oregon
PW Palau
PA Pennsylvania
PR Puerto Rico
RI Rhode Island
SC South Carolina
SD South Dakota
TN Tennessee
TX Texas
UT Utah
VT Vermont
VI Virgin Islands
VA Virginia
WA Washington
WV West Virginia
WI Wisconsin
WY Wyoming
`;

const canadianRegions = `
AB Alberta
BC British Columbia
MB Manitoba
NL Newfoundland and Labrador
NB New Brunswick
NS Nova Scotia
NT Northwest Territories
NU Nunavut
ON Ontario
PE Prince Edward Island
QC Quebec
SK Saskatchewan
YT Yukon Territory
`;

const germanRegions = `
NDS Niedersachsen
BAW Baden-Württemberg
BAY Bayern
BER Berlin
BRG Brandenburg
BRE Bremen
HAM Hamburg
HES Hessen
MEC Mecklenburg-Vorpommern
NRW Nordrhein-Westfalen
RHE Rheinland-Pfalz
SAR Saarland
SAS Sachsen
SAC Sachsen-Anhalt
SCN Schleswig-Holstein
THE Thüringen
`;

interface Country {
  threeLetters: string;
  name: string;
  regions: { id: number; code: string; name: string }[];
}

/** `firstId` and the order of the lines make Magento's ids. */
const regionsOf = (lines: string, firstId: number): Country['regions'] =>
  lines
    .trim()
    .split('\n')
    .map((line, index) => {
      const [code = ''] = line.split(' ');
      return { id: firstId + index, code, name: line.slice(code.length + 1) };
    });

const countries: Readonly<Record<string, Country>> = {
  US: { threeLetters: 'USA', name: 'United States', regions: regionsOf(usRegions, 1) },
  CA: { threeLetters: 'CAN', name: 'Canada', regions: regionsOf(canadianRegions, 66) },
  DE: { threeLetters: 'DEU', name: 'Germany', regions: regionsOf(germanRegions, 79) },
};

/** Code of a region, if it is one of that country. */
export const regionCode = (country: string | null, regionId: number): string | null =>
  countries[country ?? '']?.regions.find(({ id }) => id === regionId)?.code ?? null;

/** `GET /V1/directory/countries/{id}`. The sandbox knows three countries. */
export function country(id: string): JsonObject {
  const known = countries[id];
  if (!known) throw new ApiError(404, { message: "The country isn't available." });
  return {
    id,
    two_letter_abbreviation: id,
    three_letter_abbreviation: known.threeLetters,
    full_name_locale: known.name,
    full_name_english: known.name,
    available_regions: known.regions.map((region) => ({ ...region, id: String(region.id) })),
  };
}
