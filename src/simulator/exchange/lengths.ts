/**
 * The longest values, in characters, of attributes whose cmdlet page names no maximum: the upper range of
 * the attribute in the directory's schema (Active Directory schema, `rangeUpper`).
 */
export const DIRECTORY_MAXIMA: Readonly<Record<string, number>> = {
  AssistantName: 256,
  City: 128,
  Company: 64,
  Department: 64,
  Fax: 64,
  FirstName: 64,
  HomePhone: 64,
  Initials: 6,
  LastName: 64,
  MobilePhone: 64,
  Notes: 5000,
  Office: 128,
  OtherFax: 64,
  OtherHomePhone: 64,
  OtherTelephone: 64,
  Pager: 64,
  Phone: 64,
  PostalCode: 40,
  PostOfficeBox: 40,
  SimpleDisplayName: 256,
  StateOrProvince: 128,
  StreetAddress: 1024,
  TelephoneAssistant: 64,
  Title: 128,
  WebPage: 2048,
}
