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

/** English names in use where Unicode's is another. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'bosnia and herzegovina': 'BA',
  'cabo verde': 'CV',
  'czech republic': 'CZ',
  "côte d'ivoire": 'CI',
  'hong kong': 'HK',
  'hong kong sar': 'HK',
  'ivory coast': 'CI',
  korea: 'KR',
  'korea, republic of': 'KR',
  'macao sar': 'MO',
  macedonia: 'MK',
  'macedonia, fyro': 'MK',
  myanmar: 'MM',
  'republic of korea': 'KR',
  'russian federation': 'RU',
  'the netherlands': 'NL',
  turkey: 'TR',
  'united states of america': 'US',
  'viet nam': 'VN',
}

const codes = new Map(Object.entries(OTHER_NAMES))
for (const first of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  for (const second of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    const code = isoCode(first + second)
    if (code === first + second) codes.set(names.of(code)!.toLowerCase(), code)
  }

/** @returns the ISO code, or `undefined` for what Exchange would refuse. */
export function countryCode(country: string): string | undefined {
  const text = country.trim()
  return /^[A-Za-z]{2}$/.test(text) ? isoCode(text.toUpperCase()) : codes.get(text.toLowerCase())
}

/** What to send: the text itself where it is a plain English name or a code, else the code. */
export function countryParameter(country: string): string | undefined {
  const code = countryCode(country)
  const plain =
    country === code || (code !== undefined && country === names.of(code) && /^[A-Za-z ]+$/.test(country))
  return plain ? country : code
}

/** Withdrawn codes become today's (UK is GB, SU is RU). */
function isoCode(code: string): string | undefined {
  const region = new Intl.Locale(`und-${code}`).region
  return region === undefined || NO_COUNTRIES.has(region) || names.of(region) === undefined
    ? undefined
    : region
}
