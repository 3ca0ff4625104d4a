/** A country's names on the map; `iso` is ISO 3166 alpha-2, absent for areas that have none. */
export interface CountryNames {
  readonly iso?: string;
  readonly name: string;
  readonly 'name:fr': string;
  readonly 'name:ar': string;
}

/** English short names where Natural Earth cuts them shorter than a map needs, or is older than the name. */
const english: Readonly<Record<string, string>> = {
  'S. Sudan': 'South Sudan',
  'Dem. Rep. Congo': 'DR Congo',
  'Central African Rep.': 'Central African Republic',
  'W. Sahara': 'Western Sahara',
  'Eq. Guinea': 'Equatorial Guinea',
  'Dominican Rep.': 'Dominican Republic',
  'Bosnia and Herz.': 'Bosnia and Herzegovina',
  'Solomon Is.': 'Solomon Islands',
  'Marshall Is.': 'Marshall Islands',
  'United States of America': 'United States',
  'Falkland Is.': 'Falkland Islands (Malvinas)',
  Macedonia: 'North Macedonia',
  Turkey: 'Türkiye',
  eSwatini: 'Eswatini',
};

/** Names the locale data of Node give in a form no map uses. */
const french: Readonly<Record<string, string>> = { CD: 'RD Congo', CG: 'Congo', PS: 'Palestine' };
const arabic: Readonly<Record<string, string>> = {
  CD: 'جمهورية الكونغو الديمقراطية',
  CG: 'الكونغو',
  PS: 'فلسطين',
};

const frenchRegions = new Intl.DisplayNames('fr', { type: 'region' });
const arabicRegions = new Intl.DisplayNames('ar', { type: 'region' });

/** Names in three languages from the ISO numeric code that world-atlas carries and its English name. */
export function countryNames(numericCode: string | undefined, atlasName: string): CountryNames {
  const name = english[atlasName] ?? atlasName;
  const iso = numericCode === undefined ? undefined : new Intl.Locale(`und-${numericCode}`).region;
  if (iso === undefined || !/^[A-Z]{2}$/.test(iso)) return { name, 'name:fr': name, 'name:ar': name };
  return {
    iso,
    name,
    'name:fr': french[iso] ?? frenchRegions.of(iso) ?? name,
    'name:ar': arabic[iso] ?? arabicRegions.of(iso) ?? name,
  };
}
