/** The two tenants of the demo, as a seed for the simulator: Fabrikam and Contoso, some 250 people each. */
import type { MailContactSeed, Seed, TenantSeed } from '../../simulator/seed.ts'
import { peopleOf, type Company } from './people.ts'

const PEOPLE = 250
const FIELD_STAFF = 6
const JOINT_CASES = 10

const FABRIKAM: Company = {
  name: 'Fabrikam',
  domain: 'fabrikam.com',
  organization: 'fabrikam.onmicrosoft.com',
  offset: 0,
}
const CONTOSO: Company = {
  name: 'Contoso',
  domain: 'contoso.com',
  organization: 'contoso.onmicrosoft.com',
  offset: 97,
}

export function demoSeed(): Seed {
  const fabrikam = withFieldStaff(tenant(FABRIKAM, 'a', ['Policy.ReadWrite.CrossTenantAccess']))
  const contoso = withJointCases(tenant(CONTOSO, 'b', SYNCHRONIZING))
  return {
    tenants: {
      fabrikam,
      contoso: {
        ...contoso,
        mailContacts: [...madeByHand(fabrikam), ...ofOthers()],
        distributionGroups: [
          { displayName: 'Fabrikam Helpdesk', address: `kt.hohenlohe@${FABRIKAM.domain}` },
        ],
      },
    },
  }
}

const READING = ['User.Read.All', 'GroupMember.Read.All', 'OrgContact.Read.All']

/** What an app needs in the source of cross-tenant synchronization, besides reading people. */
const SYNCHRONIZING = [
  'Policy.ReadWrite.CrossTenantAccess',
  'Application.Read.All',
  'Application.ReadWrite.OwnedBy',
  'AppRoleAssignment.ReadWrite.All',
  'AuditLog.Read.All',
]

function tenant(company: Company, letter: string, permissions: readonly string[]): TenantSeed {
  return {
    tenantId: `6b0f8c1e-0000-4000-8000-00000000000${letter}`,
    organization: company.organization,
    domains: [company.domain],
    apps: [
      {
        clientId: `1d2e3f40-0000-4000-8000-00000000000${letter}`,
        displayName: 'tenant-sync',
        permissions: [...READING, 'Contacts.ReadWrite', ...permissions],
        exchange: { manageAsApp: true, role: 'recipient-administrator' },
        secret: 'a-secret-of-the-simulator',
        federatedCredentials: [
          { subject: 'repo:contoso/people:environment:tenant-sync' },
          { subject: 'repo:contoso/people:pull_request' },
        ],
      },
    ],
    users: peopleOf(company, PEOPLE),
  }
}

/** Those on the road, whose phones show the address list. One of them keeps contacts of her own. */
function withFieldStaff({ users = [], ...rest }: TenantSeed): TenantSeed {
  const [first, ...others] = users
  const own = [{ displayName: 'Aunt Emma', mobilePhone: '+49 170 1' }, { displayName: 'Plumber' }]
  const members = users.slice(0, FIELD_STAFF).map(({ userPrincipalName }) => userPrincipalName)
  return {
    ...rest,
    users: [{ ...first!, contacts: own }, ...others],
    groups: [{ displayName: 'Field Staff', members }],
  }
}

/** Lawyers, who come to the other tenant as users: they have no mail contacts there. */
function withJointCases({ users = [], ...rest }: TenantSeed): TenantSeed {
  const members = users
    .filter(({ department }) => department === 'Legal')
    .slice(0, JOINT_CASES)
    .map(({ userPrincipalName }) => userPrincipalName)
  return { ...rest, users, groups: [{ displayName: 'Joint Cases', members }] }
}

/** What somebody typed into Contoso's address list years ago: some of it right, some stale, one who left. */
function madeByHand({ users = [] }: TenantSeed): MailContactSeed[] {
  const typed = users.slice(0, 12).map((user, index) => ({
    Name: `Fabrikam ${index + 1}`,
    DisplayName: user.displayName,
    ExternalEmailAddress: String(user.mail),
    Title: index % 2 === 0 ? 'unknown' : '',
    Phone: '+49 30 1234',
  }))
  return [
    ...typed,
    { Name: 'Fabrikam 13', DisplayName: 'Long Gone', ExternalEmailAddress: `long.gone@${FABRIKAM.domain}` },
  ]
}

/** Not ours to touch: other domains, another tool's. */
function ofOthers(): MailContactSeed[] {
  return [
    {
      Name: 'Printer service',
      DisplayName: 'Printer service',
      ExternalEmailAddress: 'service@printers.example',
    },
    {
      Name: 'Accountant',
      DisplayName: 'Our accountant',
      ExternalEmailAddress: 'office@accountants.example',
      Notes: 'ask for Ms Weber',
    },
  ]
}
