/** What stands in both tenants, but for the ids and times that the service makes up. */
import { expect } from '@jest/globals'
import type { Recipient } from '../../src/simulator/exchange/recipient.ts'
import type { Tenant } from '../../src/simulator/world.ts'
import { primaryOf, type Migrating } from './migrating.ts'

export type Standing = ReturnType<typeof standing>

export function standing({ source, target }: Migrating) {
  return structuredClone({ source: tenantStanding(source), target: tenantStanding(target) })
}

function tenantStanding({ migration, recipients, directory }: Tenant) {
  const batches = [...migration.batches]
  return {
    relationships: [...migration.relationships].map(({ name, values }) => ({ name, ...values })),
    endpoints: [...migration.endpoints].map(({ name, values }) => ({ name, ...values })),
    batches: {
      // Who could not be prepared in time is in a second one, like the first.
      settings: [
        ...new Set(
          batches.map(({ values: { started, synced, completed, ...values } }) =>
            JSON.stringify({
              ...values,
              users: values.users.length > 0,
              endpoint: migration.endpoints.find(values.endpoint)?.name,
              has: [started, synced, completed].map((time) => time !== undefined),
            }),
          ),
        ),
      ],
      // Twice who is in two.
      users: batches.flatMap(({ values }) => values.users.map((user) => JSON.stringify(user))).sort(),
    },
    recipients: [...recipients].map(shown).sort(),
    users: [...directory.users()].map(({ properties }) => String(properties['userPrincipalName'])).sort(),
  }
}

function shown({ type, members, values }: Recipient): string {
  const attributes = Object.entries(values).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return JSON.stringify({ type, members, ...Object.fromEntries(attributes) })
}

/** Nobody may have made a second one, even for a while. */
export function expectNoDouble({ source, target }: Migrating): void {
  for (const { migration } of [source, target])
    expect([...migration.relationships].map(({ name }) => name).slice(1)).toEqual([])
  expect([...target.migration.endpoints].map(({ name }) => name).slice(1)).toEqual([])
  const users = [...target.migration.batches].flatMap(({ values }) =>
    values.users.map(({ address }) => address),
  )
  expect(users).toEqual([...new Set(users)])
  const mailUsers = [...target.recipients.ofType('MailUser', 'GuestMailUser')]
  for (const attribute of ['Name', 'ExchangeGuid', 'ExternalEmailAddress']) {
    const values = mailUsers.flatMap((one) => one.values[attribute] ?? [])
    expect(values).toEqual([...new Set(values)])
  }
}

/** Mailboxes are moved by Exchange alone: nothing of one is changed, and nothing of the group. */
export function expectUntouched(migrating: Migrating, before: Standing): void {
  expect(standing(migrating).source.recipients).toEqual(before.source.recipients)
  const mailboxes = ({ target }: Standing) =>
    target.recipients.filter((one) => /"type":"\w+Mailbox"/.test(one))
  expect(mailboxes(standing(migrating))).toEqual(mailboxes(before))
}

/** The mail user whose primary address begins so. */
export function mailUserOf({ target }: Migrating, local: string): Recipient {
  for (const one of target.recipients.ofType('MailUser', 'GuestMailUser'))
    if (primaryOf(one).startsWith(`${local}@`)) return one
  throw new RangeError(`no mail user ${local}`)
}
