import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  LIST_FIELDS,
  person,
  PERSON_FIELDS,
  PERSON_TYPES,
  type Person,
  type PersonField,
} from '../../../people/person.ts'

import { peopleIn } from '../people.ts'

const LISTS: readonly string[] = LIST_FIELDS

/** RFC 4180, 2.6 and 2.7. */
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

function write(
  columns: readonly PersonField[],
  people: readonly Person[],
  { delimiter, end, mark, last }: { delimiter: string; end: string; mark: string; last: boolean },
): Buffer {
  const cell = (text: string) => (/[",;\t\r\n]/.test(text) ? quoted(text) : text)
  const text = (value: string | readonly string[]) => (typeof value === 'string' ? value : value.join(';'))
  const rows = [columns, ...people.map((one) => columns.map((column) => text(one[column])))]
  return Buffer.from(mark + rows.map((row) => row.map(cell).join(delimiter)).join(end) + (last ? end : ''))
}

const anyText = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('"', ',', ';', '\t', '\r', '\n', ' ', '=', '\u00a0'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  })
  .map((text) => text.replaceAll('\0', '').trim())

const anyValue = (field: PersonField): fc.Arbitrary<string | string[]> => {
  if (field === 'type') return fc.constantFrom('', ...PERSON_TYPES)
  if (!LISTS.includes(field)) return anyText
  return fc.array(anyText.map((text) => text.replaceAll(';', '').trim()).filter((text) => text !== ''))
}

/** People with ids of their own, of whom nothing is told but some fields. */
const table = fc
  .uniqueArray(fc.constantFrom(...PERSON_FIELDS.filter((field) => field !== 'id')))
  .chain((fields) =>
    fc.record({
      columns: fc.shuffledSubarray<PersonField>(['id', ...fields], { minLength: fields.length + 1 }),
      people: fc
        .array(fc.record(Object.fromEntries(fields.map((field) => [field, anyValue(field)]))))
        .map((rows) => rows.map((row, index) => person({ ...(row as Partial<Person>), id: `n${index}` }))),
    }),
  )

const layout = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  mark: fc.constantFrom('', '\ufeff'),
  last: fc.boolean(),
})

describe('whatever stands in a file', () => {
  test('people are read as somebody else wrote them', () => {
    fc.assert(
      fc.property(table, layout, ({ columns, people }, how) => {
        const read = peopleIn('p.csv', write(columns, people, how))
        expect(read.faults.first).toEqual([])
        expect(read.people).toEqual(people)
        expect([...read.unknown].sort()).toEqual(
          PERSON_FIELDS.filter((field) => !columns.includes(field)).sort(),
        )
      }),
    )
  })

  test('each fault is told on the line where its row begins', () => {
    const column: PersonField = 'streetAddress'
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1 }), layout, (texts, how) => {
        const people = texts.map((text, index) => person({ id: `n${index}`, streetAddress: text }))
        const before = write(['id', column], people, { ...how, last: true })
        const lines = before.toString().split(/\r\n|\r|\n/).length
        const bytes = Buffer.concat([before, Buffer.from('only one cell')])
        expect(peopleIn('p.csv', bytes).faults.first).toEqual([
          expect.objectContaining({ line: lines, message: 'has 1 cell, and the header 2' }),
        ])
      }),
    )
  })

  test('any bytes are people, or faults on lines of the file', () => {
    const syntax = fc.constantFrom(
      'id',
      'mail',
      ',',
      ';',
      '\t',
      '"',
      '""',
      '\r',
      '\n',
      '\r\n',
      ' ',
      '\ufeff',
      'é',
      '\u00a0',
      'x',
    )
    const bytes = fc.oneof(
      fc.uint8Array().map((array) => Buffer.from(array)),
      fc.array(syntax).map((words) => Buffer.from(words.join(''))),
      fc.array(syntax).map((words) => Buffer.from(`id,mail\n${words.join('')}`)),
      fc
        .tuple(fc.constantFrom('id;mail\r\n', '\ufeffmail\n'), fc.uint8Array())
        .map(([header, array]) => Buffer.concat([Buffer.from(header), array])),
    )
    fc.assert(
      fc.property(bytes, (file) => {
        const { people, faults } = peopleIn('p.csv', file)
        const lines = file.toString('latin1').split(/\r\n|\r|\n/).length
        for (const { line } of faults.first) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines)
        }
        for (const { id } of people) expect(id).not.toBe('')
      }),
      { numRuns: 2000 },
    )
  })
})
