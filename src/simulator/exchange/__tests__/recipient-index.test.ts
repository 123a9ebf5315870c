import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addressKey, addressesOf, textOf } from '../recipient.ts'
import { Recipients } from '../recipients.ts'

const name = fc.constantFrom('a', 'A', 'b', 'c')
const address = fc.constantFrom('SMTP:x@x.com', 'smtp:X@x.com', 'smtp:y@x.com', 'x500:/o=x')
const values = fc.record({
  Name: name,
  Alias: name,
  EmailAddresses: fc.uniqueArray(address),
})
const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), values }),
  fc.record({ kind: fc.constant('update' as const), at: fc.nat(9), values }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(9) }),
)

describe('the indexes', () => {
  test('find, after any adding, changing and removing, what a look at every recipient finds', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const recipients = new Recipients()
        const now = new Date()
        steps.forEach((change, index) => {
          const at = [...recipients][change.kind === 'add' ? 0 : change.at]
          if (change.kind === 'add') {
            const ids = { guid: `g${index}`, objectId: `o${index}` }
            recipients.add({ ...ids, type: 'MailContact', values: change.values }, now)
          } else if (at && change.kind === 'update') recipients.update(at.guid, change.values, now)
          else if (at) recipients.remove(at.guid)
        })
        const every = [...recipients]
        const guids = (found: readonly { guid: string }[]) => found.map(({ guid }) => guid).sort()
        for (const wanted of ['a', 'B', 'c']) {
          const is = (text: string) => text.toLowerCase() === wanted.toLowerCase()
          expect(guids(recipients.named(wanted))).toEqual(
            guids(every.filter((one) => is(textOf(one, 'Name')))),
          )
          expect(guids(recipients.aliased(wanted))).toEqual(
            guids(every.filter((one) => is(textOf(one, 'Alias')))),
          )
        }
        for (const wanted of ['x@X.com', 'smtp:y@x.com', 'X500:/O=X'])
          expect(guids(recipients.holders(wanted))).toEqual(
            guids(
              every.filter((one) => addressesOf(one).some((own) => addressKey(own) === addressKey(wanted))),
            ),
          )
        for (const one of every) expect(recipients.byObjectId(one.objectId.toUpperCase())).toBe(one)
      }),
    )
  })
})

test('a record that was read stays as it was when the recipient changes', () => {
  const recipients = new Recipients()
  const now = new Date()
  const ids = { guid: 'g', objectId: 'o', type: 'MailContact' as const }
  const before = recipients.add({ ...ids, values: { Name: 'a', Title: 'x' } }, now)
  recipients.update('g', { Name: 'b', Title: undefined }, now)
  expect(before.values).toEqual({ Name: 'a', Title: 'x' })
  expect(recipients.get('g')!.values).toEqual({ Name: 'b' })
})

test('they keep the order of their creation, whatever changes', () => {
  const recipients = new Recipients()
  const now = new Date()
  for (const id of ['1', '2', '3'])
    recipients.add({ guid: id, objectId: `o${id}`, type: 'MailContact', values: { Name: id } }, now)
  recipients.update('1', { Name: 'z' }, now)
  expect([...recipients].map(({ guid }) => guid)).toEqual(['1', '2', '3'])
})
