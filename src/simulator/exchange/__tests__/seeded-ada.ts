/** Ada, a mail user that is there from the start, and the GUID of her mailbox beside another. */
import type { TenantSeed } from '../../seed.ts'

export const GUID = '1ec059c7-8396-4d0b-af4e-d6bd4c12a8d8'
export const OTHER = '2ec059c7-8396-4d0b-af4e-d6bd4c12a8d8'
export const SEEDED: Partial<TenantSeed> = {
  mailUsers: [
    {
      displayName: 'ada',
      address: 'ada@fabrikam.com',
      primary: 'ada@contoso.com',
      userPrincipalName: 'ada@contoso.com',
    },
  ],
}
