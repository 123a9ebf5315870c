/** A batch holds 2,000 mailboxes at most: more of them are several. */
import { expect, test } from '@jest/globals'
import type { About } from '../../organization/availability.ts'
import type { MailboxMigrationProfile } from '../../schema.ts'
import { newBatches } from '../new-batches.ts'

const PROFILE = {
  to: { tenant: 'contoso', domain: 'contoso.com', deliveryDomain: 'contoso.mail.onmicrosoft.com' },
  endpoint: 'ours',
  batch: { name: 'wave', autoStart: false, autoComplete: false },
} as MailboxMigrationProfile

const joining = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    key: `key ${index}`,
    address: `p${index}@contoso.com`,
    preparation: undefined,
  }))

test.each([
  [0, []],
  [1, [1]],
  [2000, [2000]],
  [2001, [2000, 1]],
  [5000, [2000, 2000, 1000]],
])('%d are batches of %j', (count, sizes) => {
  const made = newBatches(PROFILE, [], joining(count), {} as About, [])
  const users = made.map(
    ({ change }) => change.fields.find(({ field }) => field === 'users')!.after as string[],
  )
  expect(users.map(({ length }) => length)).toEqual(sizes)
  expect(users.flat()).toEqual(joining(count).map(({ address }) => address))
  expect(made.map(({ change }) => change.label)).toEqual(
    ['wave', 'wave-2', 'wave-3'].slice(0, sizes.length).map((name) => `contoso: migration batch ${name}`),
  )
})
