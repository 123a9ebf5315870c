/** The attributes of a mail contact: it is two objects to Exchange, each with its own cmdlet that sets it. */

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`)

export const CUSTOM_ATTRIBUTES = numbered('CustomAttribute', 15)
export const EXTENSION_CUSTOM_ATTRIBUTES = numbered('ExtensionCustomAttribute', 5)

/** What `Set-Contact` sets, besides the name (Exchange PowerShell, Set-Contact). */
export const PERSON_TEXTS = [
  'AssistantName',
  'City',
  'Company',
  'CountryOrRegion',
  'Department',
  'Fax',
  'FirstName',
  'HomePhone',
  'Initials',
  'LastName',
  'Manager',
  'MobilePhone',
  'Notes',
  'Office',
  'Pager',
  'Phone',
  'PhoneticDisplayName',
  'PostalCode',
  'StateOrProvince',
  'StreetAddress',
  'TelephoneAssistant',
  'Title',
  'WebPage',
] as const
export const PERSON_LISTS = ['OtherFax', 'OtherHomePhone', 'OtherTelephone', 'PostOfficeBox'] as const

/** What `Set-MailContact` sets, besides names and addresses (Exchange PowerShell, Set-MailContact). */
export const MAIL_TEXTS = [
  ...CUSTOM_ATTRIBUTES,
  'MacAttachmentFormat',
  'MailTip',
  'MessageBodyFormat',
  'MessageFormat',
  'SendModerationNotifications',
  'UseMapiRichTextFormat',
] as const
export const MAIL_FLAGS = [
  'HiddenFromAddressListsEnabled',
  'ModerationEnabled',
  'RequireSenderAuthenticationEnabled',
  'UsePreferMessageFormat',
] as const
export const MAIL_LISTS = [
  ...EXTENSION_CUSTOM_ATTRIBUTES,
  'MailTipTranslations',
  'UserCertificate',
  'UserSMimeCertificate',
] as const

/** Holds on a mailbox, and what else keeps it where it is. */
export const HOLDS = ['LitigationHoldEnabled', 'DelayHoldApplied', 'ComplianceTagHoldApplied'] as const

/** What both set. */
export const NAMES = ['Name', 'DisplayName', 'SimpleDisplayName'] as const

/** All that a mail contact can hold and a cmdlet can set. */
export const CONTACT_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...NAMES,
  'Alias',
  'EmailAddresses',
  'SeniorityIndex',
  ...PERSON_TEXTS,
  ...PERSON_LISTS,
  ...MAIL_TEXTS,
  ...MAIL_FLAGS,
  ...MAIL_LISTS,
])

/** What Exchange calls the properties of a Graph user. */
export const USER_ATTRIBUTES: Readonly<Record<string, string>> = {
  userPrincipalName: 'UserPrincipalName',
  givenName: 'FirstName',
  surname: 'LastName',
  jobTitle: 'Title',
  department: 'Department',
  companyName: 'Company',
  officeLocation: 'Office',
  mobilePhone: 'MobilePhone',
  faxNumber: 'Fax',
  streetAddress: 'StreetAddress',
  city: 'City',
  state: 'StateOrProvince',
  postalCode: 'PostalCode',
  country: 'CountryOrRegion',
  onPremisesSyncEnabled: 'IsDirSynced',
}
