/** A tenant with recipients of every type. */
import type { TenantSeed } from '../../../simulator/seed.ts'

/** Of a profile of another repository. */
export const MARK = 'tenant-sync:contoso-here:0b0f8c1e-0000-4000-8000-00000000000c'

/** Of Ada, both as she is seeded and as she is read. */
export const PHONES_AND_ADDRESS = {
  businessPhones: ['+44 1'],
  mobilePhone: '+44 7',
  faxNumber: '+44 9',
  streetAddress: '1 Dorset St',
  city: 'London',
  state: 'Greater London',
  postalCode: 'W1U',
  country: 'United Kingdom',
}

export const FABRIKAM: Partial<TenantSeed> = {
  users: [
    {
      id: 'ADA00000-0000-4000-8000-00000000000A',
      userPrincipalName: 'ada@fabrikam.onmicrosoft.com',
      displayName: 'Ada Lovelace',
      givenName: 'Ada',
      surname: 'Lovelace',
      mail: 'ada@fabrikam.com',
      mailNickname: 'ada',
      proxyAddresses: ['SMTP:ada@fabrikam.com', 'smtp:countess@fabrikam.com', 'X500:/o=old/cn=ada'],
      jobTitle: 'Engineer',
      department: 'Engines',
      companyName: 'Fabrikam',
      officeLocation: '12',
      ...PHONES_AND_ADDRESS,
      manager: 'grace@fabrikam.com',
      onPremisesExtensionAttributes: { extensionAttribute3: 'three' },
    },
    {
      userPrincipalName: 'grace@fabrikam.com',
      displayName: 'Grace Hopper',
      mail: 'grace@fabrikam.com',
      nameInExchange: 'cf1b2a3e-0000-4000-8000-000000000001',
      hiddenInExchange: true,
    },
    {
      userPrincipalName: 'info@fabrikam.com',
      displayName: 'Info',
      mail: 'info@fabrikam.com',
      mailbox: 'shared',
    },
    { userPrincipalName: 'oak@fabrikam.com', displayName: 'Oak', mail: 'oak@fabrikam.com', mailbox: 'room' },
    {
      userPrincipalName: 'van@fabrikam.com',
      displayName: 'Van',
      mail: 'van@fabrikam.com',
      mailbox: 'equipment',
    },
    {
      userPrincipalName: 'mu@fabrikam.com',
      displayName: 'Mail User',
      mail: 'mu@elsewhere.com',
      mailbox: 'on-premises',
      mobilePhone: '+1 5',
    },
    {
      userPrincipalName: 'moved_tailspin.com#EXT#@fabrikam.onmicrosoft.com',
      displayName: 'Moved',
      mail: 'moved@tailspin.com',
      mailbox: 'on-premises',
    },
    {
      userPrincipalName: 'g_contoso.com#EXT#@fabrikam.onmicrosoft.com',
      displayName: 'Guest',
      mail: 'g@contoso.com',
    },
    { userPrincipalName: 'nobody@fabrikam.com', displayName: 'No mailbox' },
    {
      userPrincipalName: "brian.o'brien@fabrikam.com",
      displayName: "Brian O'Brien",
      mail: "o'brien@fabrikam.com",
      mailbox: 'equipment',
    },
  ],
  groups: [
    {
      displayName: 'All',
      mail: 'all@fabrikam.com',
      securityEnabled: false,
      members: ['Inner', 'info@fabrikam.com'],
    },
    { displayName: 'Inner', members: ['ada@fabrikam.onmicrosoft.com', 'carl@partner.com'] },
    { displayName: 'Admins', mail: 'admins@fabrikam.com', securityEnabled: true },
    { displayName: 'Team', mail: 'team@fabrikam.com', groupTypes: ['Unified'] },
    { displayName: 'Secret', mail: 'secret@fabrikam.com', groupTypes: ['Unified'], hiddenInExchange: true },
  ],
  distributionGroups: [
    { displayName: 'Everybody', address: 'everybody@fabrikam.com', kind: 'dynamic' },
    { displayName: 'Rooms', address: 'rooms@fabrikam.com', kind: 'room-list' },
  ],
  mailContacts: [
    {
      Name: 'Carl',
      DisplayName: 'Carl Partner',
      ExternalEmailAddress: 'carl@partner.com',
      EmailAddresses: ['SMTP:carl.partner@fabrikam.com', 'smtp:carl@partner.com'],
      Title: 'Partner',
      Phone: '+1 1',
      MobilePhone: '+1 2',
      Fax: '+1 3',
      StreetAddress: 'Street 4',
    },
    { Name: 'made', ExternalEmailAddress: 'made@contoso.com', CustomAttribute7: MARK },
    {
      Name: 'unfinished',
      Alias: `tenant-sync-${'0'.repeat(32)}`,
      ExternalEmailAddress: 'unfinished@contoso.com',
    },
  ],
}
