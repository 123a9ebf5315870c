import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ContactChange } from '../comparison.ts'
import { SharedChanges } from '../shared-changes.ts'

const MAILBOXES = ['a', 'b', 'c', 'd'].map((name) => ({ id: `id-${name}`, name: `${name}@fabrikam.com` }))

const change = fc.oneof(
  fc.record({ action: fc.constant('create' as const), key: fc.constantFrom('x', 'y') }),
  fc.record({
    action: fc.constant('update' as const),
    key: fc.constantFrom('x', 'y'),
    after: fc.constantFrom('1', '2'),
  }),
  fc.record({
    action: fc.constant('delete' as const),
    key: fc.constantFrom('x', 'y'),
    stays: fc.boolean(),
  }),
)

function made(drawn: typeof change extends fc.Arbitrary<infer One> ? One : never): ContactChange {
  const { action, key } = drawn
  const label = key.toUpperCase()
  switch (action) {
    case 'create':
      return { action, key, label, fields: [] }
    case 'update': {
      const fields = [{ field: 'jobTitle', before: null, after: drawn.after }]
      return { action, key, label, reason: 'source-changed', fields, body: { jobTitle: drawn.after } }
    }
    case 'delete':
      return {
        action,
        key,
        label,
        reason: 'left-scope',
        owner: { by: 'profile', person: key, mark: key },
        stays: drawn.stays,
      }
  }
}

test('what is gathered is all there is, once for each mailbox, in whatever order it was found', () => {
  const found = fc.uniqueArray(
    fc.record({ mailbox: fc.constantFrom(...MAILBOXES), change, contactId: fc.nat({ max: 99 }).map(String) }),
    { selector: ({ mailbox, contactId }) => `${mailbox.id} ${contactId}`, maxLength: 30 },
  )
  fc.assert(
    fc.property(found, fc.integer(), (given, seed) => {
      const gather = (order: typeof given) => {
        const shared = new SharedChanges()
        // A mailbox is compared as a whole.
        for (const mailbox of new Set(order.map((one) => one.mailbox)))
          for (const one of given.filter((each) => each.mailbox === mailbox))
            shared.add(mailbox, made(one.change), one.change.action === 'create' ? undefined : one.contactId)
        return shared.all()
      }
      const all = gather(given)
      const another = gather(
        given.toSorted(
          (left, right) => ((Number(left.contactId) * seed) % 7) - ((Number(right.contactId) * seed) % 7),
        ),
      )
      expect(another).toEqual(all)
      expect(all.reduce((sum, { mailboxes }) => sum + mailboxes.length, 0)).toBe(given.length)
      for (const { mailboxes, contactIds, change: one } of all) {
        expect(new Set(mailboxes).size).toBe(mailboxes.length)
        expect(mailboxes.map(({ name }) => name)).toEqual(mailboxes.map(({ name }) => name).toSorted())
        expect(contactIds).toHaveLength(one.action === 'create' ? 0 : mailboxes.length)
        for (const [at, id] of contactIds.entries())
          expect(given.some((each) => each.mailbox === mailboxes[at] && each.contactId === id)).toBe(true)
      }
    }),
  )
})
