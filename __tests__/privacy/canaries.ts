/**
 * People of whom every field is recognisable, whatever becomes of it: what of them stands in a text is a leak,
 * or is what `detail` allows.
 */
import type { UserSeed } from '../../src/simulator/seed.ts'

const id = (index: number) => `ca9a51e${index}-c0de-4bad-8fee-00000000d00${index}`

/** Their initials are Q. Z., which nothing else has. */
export const canary = (index: number, more: Partial<UserSeed> = {}): UserSeed => ({
  id: id(index),
  userPrincipalName: `upncanary${index}@fabrikam.com`,
  displayName: `Qcanary${index} Zcanary${index}`,
  givenName: `Givencanary${index}`,
  surname: `Surcanary${index}`,
  mail: `mailcanary${index}@fabrikam.com`,
  proxyAddresses: [`SMTP:mailcanary${index}@fabrikam.com`, `smtp:proxycanary${index}@fabrikam.com`],
  jobTitle: `Titlecanary${index}`,
  department: `Departmentcanary${index}`,
  companyName: `Companycanary${index}`,
  officeLocation: `Officecanary${index}`,
  streetAddress: `Streetcanary${index}`,
  city: `Citycanary${index}`,
  state: `Statecanary${index}`,
  postalCode: `Codecanary${index}`,
  country: `Countrycanary${index}`,
  employeeId: `employeecanary${index}`,
  businessPhones: [`+49 777 1230 ${index}`],
  mobilePhone: `+49 777 1231 ${index}`,
  faxNumber: `+49 777 1232 ${index}`,
  ...more,
})

export const canaries = (count: number) => Array.from({ length: count }, (_, index) => canary(index))

/** What a service might say of somebody, in the words that are shown and in those that are not. */
export const TELLTALE =
  'Qcanary9 Zcanary9 <mailcanary9@fabrikam.com> (+49 777 1230 9) is in the way | Titlecanary9 | Citycanary9'

/** Names, addresses, titles, telephone numbers: nothing of it is shown but where everything is. */
const VALUES = /\w*canary\w*|\+?\d*\s*777 123\d(?: \d)?/gi

export function valuesIn(text: string): string[] {
  return [...new Set(text.match(VALUES) ?? [])]
}

/** Whole ids of objects that are somebody's. */
export function idsIn(text: string, ids: Iterable<string>): string[] {
  const lower = text.toLowerCase()
  return [...ids].filter((one) => lower.includes(one.toLowerCase()))
}

/** What `masked` shows of somebody: initials, a domain, the beginning of an id. */
export function tracesIn(text: string, ids: Iterable<string>): string[] {
  const beginnings = Array.from(ids, (one) => one.slice(0, 8))
  return [...(text.match(/Q\. ?Z\.?|@fabrikam\.com|elsewhere\.example/g) ?? []), ...idsIn(text, beginnings)]
}
