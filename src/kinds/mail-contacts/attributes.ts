/** The attributes that a profile may map, in the order of plans, each with the text it has by default. */

/** `null`: not managed unless the profile names it. */
export const ATTRIBUTE_DEFAULTS: Readonly<Record<string, string | null>> = {
  displayName: '{{displayName}}',
  firstName: '{{givenName}}',
  lastName: '{{surname}}',
  title: '{{jobTitle}}',
  department: '{{department}}',
  company: '{{companyName}}',
  office: '{{officeLocation}}',
  phone: '{{businessPhones[0]}}',
  mobilePhone: '{{mobilePhone}}',
  fax: '{{faxNumber}}',
  streetAddress: '{{streetAddress}}',
  city: '{{city}}',
  stateOrProvince: '{{state}}',
  postalCode: '{{postalCode}}',
  countryOrRegion: '{{country}}',
  hiddenFromAddressListsEnabled: null,
  ...Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`customAttribute${index + 1}`, null])),
  notes: null,
}
