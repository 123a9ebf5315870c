import type { Behaviour, Seed } from '../../../seed.ts'
import { APP, TENANT, practice } from '../../__tests__/practice.ts'
import type { Asking, Reply } from '../../__tests__/practice.ts'

export const MARK = 'String {8f1c6a52-3f0e-4c0b-9a53-6f2f6d1b7c11} Name tenant-sync'
export const IMMUTABLE = { prefer: 'IdType="ImmutableId"' }

/** Ada, who keeps contacts in two folders, and people who keep none. */
export const SEED: Seed = {
  clock: '2026-11-20T21:00:00Z',
  tenants: {
    fabrikam: {
      tenantId: TENANT,
      organization: 'fabrikam.onmicrosoft.com',
      domains: ['fabrikam.com'],
      apps: [
        { clientId: APP, permissions: ['Contacts.Read', 'Contacts.ReadWrite', 'ProfilePhoto.Read.All'] },
        { clientId: 'reader', permissions: ['Contacts.Read'] },
        { clientId: 'stranger', permissions: ['User.Read.All'] },
        { clientId: 'kept-to-ada', permissions: ['Contacts.ReadWrite'], mailboxes: ['ada@fabrikam.com'] },
      ],
      users: [
        {
          userPrincipalName: 'ada@fabrikam.com',
          displayName: 'Ada Lovelace',
          mail: 'ada@fabrikam.com',
          photo: 'a picture of Ada',
          contactFolders: ['Colleagues', "O'Neill & Sons"],
          contacts: [
            { displayName: 'Her Mother', mobilePhone: '+44 1' },
            {
              folder: 'Colleagues',
              displayName: 'Charles Babbage',
              givenName: 'Charles',
              surname: 'Babbage',
              emailAddresses: [{ name: 'Charles', address: 'charles@fabrikam.com' }],
              singleValueExtendedProperties: [{ id: MARK, value: 'tenant-sync:gal:charles' }],
            },
          ],
        },
        { userPrincipalName: 'charles@fabrikam.com', displayName: 'Charles', mail: 'charles@fabrikam.com' },
        {
          userPrincipalName: 'desk@fabrikam.com',
          displayName: 'Desk',
          mail: 'desk@fabrikam.com',
          mailbox: 'shared',
        },
        {
          userPrincipalName: 'new@fabrikam.com',
          displayName: 'New',
          mail: 'new@fabrikam.com',
          mailbox: 'inactive',
        },
        {
          userPrincipalName: 'old@fabrikam.com',
          displayName: 'Old',
          mail: 'old@fabrikam.com',
          mailbox: 'on-premises',
        },
        { userPrincipalName: 'robot@fabrikam.com', displayName: 'Robot' },
        {
          userPrincipalName: 'mary_contoso.com#EXT#@fabrikam.onmicrosoft.com',
          displayName: 'Mary',
          mail: 'mary@contoso.com',
        },
      ],
    },
  },
}

/** A step of a batch. */
export interface Step {
  readonly method: string
  readonly url: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly dependsOn?: readonly string[]
}

export function mailboxPractice(behaviour: Partial<Behaviour> = {}) {
  const { ask, ...rest } = practice({ ...SEED, behaviour })
  const mailbox = rest.tenant.mailboxes.of('ada@fabrikam.com')!

  const to = (path: string) => `/v1.0/users/ada@fabrikam.com${path}`

  /** Sends steps named `0`, `1`, ...; gives their answers in that order. */
  async function batch(steps: readonly Step[]): Promise<any[]> {
    const requests = steps.map(({ headers, ...step }, index) => ({
      id: String(index),
      ...step,
      headers: { ...(step.body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    }))
    const { body } = await ask('/v1.0/$batch', { method: 'POST', body: { requests } })
    return body.responses.toSorted((a: any, b: any) => Number(a.id) - Number(b.id))
  }

  return {
    ...rest,
    ask,
    batch,
    /** Ada's. */
    mailbox,
    get: (path: string, asking: Asking = {}): Promise<Reply> => ask(to(path), asking),
    post: (path: string, body: unknown, asking: Asking = {}) =>
      ask(to(path), { ...asking, method: 'POST', body }),
    patch: (path: string, body: unknown, asking: Asking = {}) =>
      ask(to(path), { ...asking, method: 'PATCH', body }),
    remove: (path: string, asking: Asking = {}) => ask(to(path), { ...asking, method: 'DELETE' }),
  }
}

/** Status and code of a refusal. */
export function refusal({ status, body }: { status: number; body: any }): [number, string] {
  return [status, body?.error?.code]
}
