import { ApiError } from './errors';
import type { JsonObject } from './json';

// The regions of the United States in the order of Magento's ids, which begin with 1.
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
`
  .trim()
  .split('\n')
  .map((line, index) => ({ id: index + 1, code: line.slice(0, 2), name: line.slice(3) }));

/** Code of a region, if it is one of that country. */
export const regionCode = (country: string | null, regionId: number): string | null =>
  (country === 'US' && usRegions[regionId - 1]?.code) || null;

/** `GET /V1/directory/countries/{id}`. The sandbox knows the United States. */
export function country(id: string): JsonObject {
  if (id !== 'US') {
    throw new ApiError(404, { message: "The country isn't available." });
  }
  return {
    id: 'US',
    two_letter_abbreviation: 'US',
    three_letter_abbreviation: 'USA',
    full_name_locale: 'United States',
    full_name_english: 'United States',
    available_regions: usRegions.map(({ id: regionId, code, name }) => ({
      id: String(regionId),
      code,
      name,
    })),
  };
}
