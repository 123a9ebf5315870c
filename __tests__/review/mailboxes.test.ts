/** In personal-contacts a deletion is seen of a person, once for all the mailboxes that hold their contact. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { PersonalContactSeed, UserSeed } from '../../src/simulator/seed.ts'
import { MARK } from '../mailboxes.ts'
import { person, persons, Repository } from './repository.ts'

const contactOf = ({ id, displayName, mail }: UserSeed, more = {}): PersonalContactSeed => ({
  displayName,
  emailAddresses: [{ address: mail!, name: displayName }],
  singleValueExtendedProperties: [{ id: MARK, value: `tenant-sync:gal:${id}` }],
  ...more,
})

const PROFILE = `name: gal
kind: personal-contacts
from: [{ entra: fabrikam }]
to: { tenant: fabrikam, mailboxes: { groups: [Phones] } }
limits: { deletes: 100% }
`
const PHONES = 'f0000000-0000-4000-8000-000000000001'

let repository: Repository
afterEach(() => repository.stop())

/** Three people, each with the contacts of the others and of one who has left; two of them carry a phone of ours. */
async function start(): Promise<void> {
  const everybody = persons(3)
  const users = everybody.map((owner) => ({
    ...owner,
    contacts: [...everybody.filter((one) => one !== owner), person(9)].map((one) => contactOf(one)),
  }))
  repository = await Repository.start({
    users,
    contacts: [],
    profile: PROFILE,
    fabrikam: {
      groups: [{ id: PHONES, displayName: 'Phones', members: ['p0@fabrikam.com', 'p1@fabrikam.com'] }],
    },
  })
}
const mailbox = (index: number) =>
  repository.tenants.simulator.world.tenants.get('fabrikam')!.mailboxes.of(`p${index}@fabrikam.com`)
/** In whose mailboxes somebody's contact stands. */
const holders = (name: string) => [0, 1, 2].filter((index) => mailbox(index)?.contactNamed(name))

describe('a leaver', () => {
  test('who was seen goes from every mailbox, from one that came after the plan too', async () => {
    await start()
    expect((await repository.plan()).outputs).toMatchObject({ 'to-delete': '2' })
    repository.tenants.directory.setMembers(
      PHONES,
      persons(3).map(({ id }) => id!),
    )
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'applied', 'to-delete': '3' })
    expect(holders('Person 9')).toEqual([])
  })

  test('whom nobody saw is held in every mailbox, beside one who was', async () => {
    await start()
    await repository.plan()
    repository.leaves([1])
    const { outputs } = await repository.mergeAndApply()
    expect(outputs).toMatchObject({ outcome: 'held', held: '1' })
    expect(holders('Person 9')).toEqual([2])
    expect(holders('Person 1')).toEqual([0, 2])
  })
})

test('a double that was seen does not allow that its person goes', async () => {
  await start()
  mailbox(0)!.addContact(contactOf(person(1)) as never)
  expect((await repository.plan()).outputs).toMatchObject({ 'to-delete': '3' })
  repository.leaves([1])
  expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'held' })
  expect(holders('Person 1')).toContain(0)
})
