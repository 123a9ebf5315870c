/** What readers of a repository learn of the people whose mailboxes it fills, and of those in them. */
import { MARK } from '../mailboxes.ts'
import { Repository } from '../review/repository.ts'
import { canaries, canary, TELLTALE } from './canaries.ts'
import type { Case } from './cases.ts'
import { Watched } from './watched.ts'

/** A contact as an earlier run left it, of somebody who may be gone since. */
const contact = (index: number) => ({
  displayName: `Qcanary${index} Zcanary${index}`,
  jobTitle: `Formercanary${index}`,
  emailAddresses: [{ name: `Qcanary${index}`, address: `mailcanary${index}@fabrikam.com` }],
  singleValueExtendedProperties: [{ id: MARK, value: `tenant-sync:people:${canary(index).id}` }],
})

const USERS = [
  ...canaries(6).map((user, index) => ({
    ...user,
    contacts: [0, 1, 2, ...(index < 3 ? [20] : [])].filter((other) => other !== index).map(contact),
  })),
  canary(6, { mailbox: 'none' }),
  canary(7, { mailbox: 'on-premises' }),
  canary(8, { mail: null, proxyAddresses: [], mailbox: 'none' }),
]

const PROFILE = `name: people
kind: personal-contacts
from: [{ entra: fabrikam }]
to: { tenant: fabrikam, mailboxes: { groups: [Phones] } }
limits: { creates: 1000, updates: 1000 }
`
const CONTACTS = '/users/{id}/contacts'
const refusal = { status: 400, body: { error: { code: 'ErrorInvalidRequest', message: TELLTALE } } }

/** A plan, a merge and a schedule that fail in part, a schedule over its limits, a reading that is refused. */
export async function personalContacts(given: Case): Promise<Watched> {
  const repository = await Repository.start({
    users: USERS,
    contacts: [],
    profile: PROFILE,
    fabrikam: {
      groups: [{ displayName: 'Phones', members: USERS.map(({ userPrincipalName }) => userPrincipalName) }],
    },
  })
  const { simulator, directory } = repository.tenants
  const watched = new Watched(given, repository)
  const run = (event: string) => watched.run({ event })
  const strike = (operation: string, method: string, times: number) =>
    simulator.faults.add({ on: { operation, method, nth: 1, times }, do: refusal })
  try {
    await run('pull_request')
    directory.removeUser(canary(5).id!)
    strike(CONTACTS, 'POST', 3)
    strike(`${CONTACTS}/{id}`, 'PATCH', 2)
    strike(`${CONTACTS}/{id}`, 'DELETE', 1)
    repository.merge(7)
    await run('push')

    strike(`${CONTACTS}/{id}`, 'DELETE', 2)
    await run('schedule')

    for (const index of [0, 1, 2]) directory.updateUser(canary(index).id!, { accountEnabled: false })
    await run('schedule')

    const error = { code: TELLTALE, message: TELLTALE }
    simulator.faults.add({ on: { operation: '/users' }, do: { status: 400, body: { error } } })
    await run('schedule')
    return watched
  } finally {
    await repository.stop()
  }
}
