/**
 * Countries as Exchange knows them: it takes ISO 3166 codes and English names, and shows a name.
 * Two ways of writing one country are the same.
 */
const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

/** Regions of Unicode's that are no countries. */
const NO_COUNTRIES = new Set([
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'EU',
  'EZ',
  'IC',
  'QO',
  'TA',
  'UN',
  'XA',
  'XB',
  'XK',
  'ZZ',
])

/** What Exchange calls a country for which Unicode has another word, not just another spelling. */
const EXCHANGE_NAMES: Readonly<Record<string, string>> = {
  CD: 'Congo (DRC)',
  CG: 'Congo',
  CV: 'Cabo Verde',
  CZ: 'Czech Republic',
  HK: 'Hong Kong SAR',
  HM: 'Heard Island and McDonald Islands',
  KR: 'Korea',
  MM: 'Myanmar',
  MO: 'Macao SAR',
  PS: 'Palestinian Authority',
  SH: 'Saint Helena, Ascension and Tristan da Cunha',
}

/** English names in use besides. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'Hong Kong': 'HK',
  'Ivory Coast': 'CI',
  'Korea, Republic of': 'KR',
  Macau: 'MO',
  Macedonia: 'MK',
  'Macedonia, FYRO': 'MK',
  'Republic of Korea': 'KR',
  'Russian Federation': 'RU',
  Turkey: 'TR',
  'United States of America': 'US',
  'Viet Nam': 'VN',
}

const codes = new Map<string, string>()
for (const first of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  for (const second of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    const code = isoCode(first + second)
    if (code === first + second) codes.set(spelling(names.of(code)!), code)
  }
for (const [code, name] of Object.entries(EXCHANGE_NAMES)) codes.set(spelling(name), code)
for (const [name, code] of Object.entries(OTHER_NAMES)) codes.set(spelling(name), code)

/** One for "St. Kitts & Nevis" and "Saint Kitts and Nevis", "Côte d’Ivoire" and "Cote d'Ivoire", "The Gambia" and "Gambia". */
function spelling(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll('&', 'and')
    .replaceAll(/\bst\./g, 'saint')
    .replaceAll(/\bthe\b/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** @returns the ISO code, or `undefined` for what Exchange would refuse. */
export function countryCode(country: string): string | undefined {
  const text = country.trim()
  return /^[A-Za-z]{2}$/.test(text) ? isoCode(text.toUpperCase()) : codes.get(spelling(text))
}

/** What to send: the text itself where it is a code, or a plain English name that Exchange has too; else the code. */
export function countryParameter(country: string): string | undefined {
  const code = countryCode(country)
  if (code === undefined || country === code) return code
  const isPlain = country === names.of(code) && /^[A-Za-z ]+$/.test(country) && !(code in EXCHANGE_NAMES)
  return isPlain ? country : code
}

/** Withdrawn codes become today's (UK is GB, SU is RU). */
function isoCode(code: string): string | undefined {
  const region = new Intl.Locale(`und-${code}`).region
  return region === undefined || NO_COUNTRIES.has(region) || names.of(region) === undefined
    ? undefined
    : region
}
