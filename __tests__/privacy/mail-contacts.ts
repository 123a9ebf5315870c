/** What readers of a repository learn of the people whose contacts it keeps: as much as `detail` allows. */
import type { MailContactSeed } from '../../src/simulator/seed.ts'
import { PEOPLE, Repository } from '../review/repository.ts'
import { canaries, canary, TELLTALE } from './canaries.ts'
import type { Case } from './cases.ts'
import { Watched } from './watched.ts'

/** A mail contact of one of them, without what the tenant would set itself. */
const contact = (index: number, more: Partial<MailContactSeed> = {}): MailContactSeed => ({
  Name: `Namecanary${index}`,
  DisplayName: `Qcanary${index} Zcanary${index}`,
  ExternalEmailAddress: `mailcanary${index}@fabrikam.com`,
  CustomAttribute15: `tenant-sync:people:${canary(index).id}`,
  Title: `Formercanary${index}`,
  ...more,
})

const USERS = [
  ...canaries(9),
  canary(9, { mail: null, proxyAddresses: [] }),
  canary(10, { mail: 'mailcanary10@elsewhere.example', proxyAddresses: [] }),
  canary(11),
  canary(12),
]

const CONTACTS = [
  ...[0, 1, 2, 3, 4, 5].map((index) => contact(index)),
  // Nobody's, and adopted only to be deleted.
  contact(20, { CustomAttribute15: '' }),
  contact(21, { CustomAttribute15: `tenant-sync:elsewhere:${canary(21).id}` }),
  contact(11, { CustomAttribute15: 'another tool of the tenant' }),
  contact(12, { CustomAttribute15: `tenant-sync:gone:${canary(12).id}` }),
  contact(22, { ExternalEmailAddress: 'mailcanary22@elsewhere.example' }),
]

/** Holds the address of a person who is to get a contact. */
const GROUP = {
  guid: 'ca9a5000-c0de-4bad-8fee-000000000d08',
  objectId: 'ca9a5000-c0de-4bad-8fee-000000000d08',
  type: 'MailUniversalDistributionGroup',
  values: {
    Name: 'Groupcanary8',
    DisplayName: 'Qcanary8 Zcanary8',
    EmailAddresses: ['SMTP:mailcanary8@fabrikam.com'],
  },
} as const

const refusal = (message: string) => ({
  status: 400,
  body: { error: { code: 'BadRequest', message: 'Error executing cmdlet', details: [{ message }] } },
})

/** A plan, a merge and a schedule that fail in part, a schedule over its limits, a reading that is refused. */
export async function mailContacts(given: Case): Promise<Watched> {
  const repository = await Repository.start({
    users: USERS,
    contacts: CONTACTS,
    profile: `${PEOPLE}adopt: [unmarked]\nlimits: { creates: 1000 }\n`,
  })
  const { simulator, directory } = repository.tenants
  simulator.world.tenants.get('contoso')!.recipients.add(GROUP, new Date())
  const watched = new Watched(given, repository)
  const run = (event: string) => watched.run({ event })
  try {
    await run('pull_request')
    directory.removeUser(canary(1).id!)
    simulator.faults.add({ on: { operation: 'New-MailContact', nth: 1 }, do: refusal(TELLTALE) })
    const typed = `Ex1|Microsoft.Exchange.Data.RecipientTaskException|${TELLTALE}`
    simulator.faults.add({ on: { operation: 'Set-Contact', nth: 2 }, do: refusal(typed) })
    repository.merge(7)
    await run('push')

    simulator.faults.add({ on: { operation: 'Remove-MailContact', nth: 1 }, do: refusal(TELLTALE) })
    await run('schedule')

    for (const index of [2, 3, 4, 5]) directory.removeUser(canary(index).id!)
    await run('schedule')

    const error = { code: TELLTALE, message: TELLTALE }
    simulator.faults.add({ on: { operation: '/users' }, do: { status: 400, body: { error } } })
    await run('schedule')
    return watched
  } finally {
    await repository.stop()
  }
}
