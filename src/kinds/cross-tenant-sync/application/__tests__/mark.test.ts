import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { marksIn, withMark, type Mark } from '../mark.ts'

const NAME = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,12}$/)
const FINGERPRINT = fc.stringMatching(/^(everyone|assigned)(-settings)?-[0-9a-f]{16}$/)
const MARK = fc.record<Mark>({ profile: NAME, fingerprint: FINGERPRINT })

/** What people write, and what looks like a mark and is none, or is another profile's. */
const LINE = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ')),
  fc.constantFrom('', '\r', 'tenant-sync', 'tenant-sync:people', 'tenant-sync::x', 'Tenant-Sync:people:x'),
  MARK.map(({ profile, fingerprint }) => `tenant-sync:other-${profile}:${fingerprint}`),
)
const NOTES = fc.oneof(
  fc.constantFrom(null, undefined, ''),
  fc.array(LINE, { minLength: 1 }).map((lines) => lines.join('\n')),
)

describe('in notes', () => {
  test.each<[string, string | null | undefined, string[]]>([
    ['none', null, []],
    ['none, not asked for', undefined, []],
    ['empty', '', []],
    ['a line', 'tenant-sync:people:assigned-01', ['people']],
    ['between others', 'Ask Ada\ntenant-sync:people:assigned-01\nor Bob', ['people']],
    ['as Windows writes lines', 'Ask Ada\r\ntenant-sync:people:assigned-01\r\nor Bob', ['people']],
    ['indented', '  tenant-sync:people:assigned-01  ', ['people']],
    ['two', 'tenant-sync:a:1\ntenant-sync:b:2', ['a', 'b']],
    ['in a sentence', 'see tenant-sync:people:assigned-01', []],
    ['with more behind it', 'tenant-sync:people:assigned-01 (Ada)', []],
    ['without a fingerprint', 'tenant-sync:people:', []],
    ['of no name that a profile can have', 'tenant-sync:People:x\ntenant-sync:-a:x\ntenant-sync:a b:x', []],
  ])('%s', (_, notes, profiles) => {
    expect(marksIn(notes).map(({ profile }) => profile)).toEqual(profiles)
  })
})

describe('a mark that is set', () => {
  const names = ({ profile }: Mark) => new Set([profile, 'former'])

  test('is found again, once', () => {
    fc.assert(
      fc.property(NOTES, MARK, (notes, mark) => {
        const own = marksIn(withMark(notes, mark, names(mark))).filter(({ profile }) =>
          names(mark).has(profile),
        )
        expect(own).toEqual([mark])
      }),
    )
  })

  test('leaves all other lines to the byte, in their order', () => {
    fc.assert(
      fc.property(NOTES, MARK, (notes, mark) => {
        expect(withMark(notes, mark, names(mark))).toBe(
          [...(notes ? [notes] : []), `tenant-sync:${mark.profile}:${mark.fingerprint}`].join('\n'),
        )
      }),
    )
  })

  test('takes the place of those before it, and of those of former names, wherever they stood', () => {
    const place = fc.record({ notes: fc.array(LINE), former: fc.boolean(), at: fc.nat() })
    fc.assert(
      fc.property(place, MARK, MARK, ({ notes, former, at }, before, mark) => {
        const line = `tenant-sync:${former ? 'former' : mark.profile}:${before.fingerprint}`
        const marked = notes.toSpliced(at % (notes.length + 1), 0, line).join('\n')
        expect(withMark(marked, mark, names(mark))).toBe(
          [...notes, `tenant-sync:${mark.profile}:${mark.fingerprint}`].join('\n'),
        )
      }),
    )
  })

  test('twice is as it is once', () => {
    fc.assert(
      fc.property(NOTES, MARK, (notes, mark) => {
        const once = withMark(notes, mark, names(mark))
        expect(withMark(once, mark, names(mark))).toBe(once)
      }),
    )
  })
})
