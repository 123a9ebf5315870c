import { describe, expect, test } from '@jest/globals'
import { person, PERSON_FIELDS, type Person } from '../../../people/person.ts'
import { peopleIn } from '../people.ts'

/** The people of a file that has to be without fault. */
function peopleOf(content: string | Buffer): readonly Person[] {
  const { people, faults } = peopleIn('p.csv', Buffer.from(content))
  expect(faults.first).toEqual([])
  return people
}

const ada = person({ id: '1', mail: 'ada@x.com', displayName: 'Ada Lovelace' })
const grace = person({ id: '2', mail: 'grace@x.com', displayName: 'Grace Hopper' })
const ROWS = [
  ['id', 'mail', 'displayName'],
  ['1', 'ada@x.com', 'Ada Lovelace'],
  ['2', 'grace@x.com', 'Grace Hopper'],
]
const written = (delimiter: string, end: string) => ROWS.map((row) => row.join(delimiter)).join(end) + end

describe('a file is read alike', () => {
  test.each([
    ['with commas', written(',', '\n')],
    ['with semicolons', written(';', '\n')],
    ['with tabs', written('\t', '\n')],
    ['with line ends of Windows', written(',', '\r\n')],
    ['with line ends of old Macs', written(';', '\r')],
    [
      'with line ends of all kinds',
      'id,mail,displayName\r1,ada@x.com,Ada Lovelace\n\r\n2,grace@x.com,Grace Hopper',
    ],
    ['with a byte order mark', `\ufeff${written(',', '\r\n')}`],
    [
      'with a byte order mark before a quote',
      '\ufeff"id","mail","displayName"\n1,ada@x.com,Ada Lovelace\n2,grace@x.com,Grace Hopper',
    ],
    ['without an end of the last line', written(',', '\n').trimEnd()],
    ['with blank lines', `\n \t \n${written(',', '\n\n')}\n  \n`],
    ['with rows of empty cells', `${written(',', '\n')},,\n"","",\n,\n`],
    ['with all in quotes', ROWS.map((row) => row.map((cell) => `"${cell}"`).join(';')).join('\n')],
    ['with blanks around all', ROWS.map((row) => row.map((cell) => `  ${cell}\t `).join(',')).join('\n')],
    [
      'with blanks around quotes and inside them',
      ROWS.map((row) => row.map((cell) => ` " ${cell} " `).join(',')).join('\n'),
    ],
  ])('%s', (_, content) => {
    expect(peopleOf(content)).toEqual([ada, grace])
  })
})

describe('a cell', () => {
  const cell = (field: string, text: string) =>
    peopleOf(`id,${field}\n1,${text}\n`)[0]![field as keyof Person]

  test.each([
    ['a quoted delimiter', '"Lovelace, Ada"', 'Lovelace, Ada'],
    ['another delimiter', 'Lovelace; Ada', 'Lovelace; Ada'],
    ['doubled quotes', '"""Ada"" of ""X"""', '"Ada" of "X"'],
    ['quoted line breaks', '"Ada\r\n\r\nLovelace\n!"', 'Ada\r\n\r\nLovelace\n!'],
    ['emoji', '👩🏽‍💻 Ada', '👩🏽‍💻 Ada'],
    ['text from right to left', 'עדה לאבלייס', 'עדה לאבלייס'],
    ['marks of direction, which reports make visible', '\u202eecalevoL', '\u202eecalevoL'],
    ['what a spreadsheet takes for a formula', '=HYPERLINK(A1)', '=HYPERLINK(A1)'],
    ['a number as it is written', '007', '007'],
    ['what looks like a comment', '# Ada', '# Ada'],
    ['nothing', '', ''],
  ])('keeps %s', (_, text, value) => {
    expect(cell('displayName', text)).toBe(value)
  })

  test.each([
    ['one value', '+49 30 1', ['+49 30 1']],
    ['several', '+49 30 1; +49 30 2 ;+49 30 3', ['+49 30 1', '+49 30 2', '+49 30 3']],
    ['none', '', []],
    ['nothing between semicolons', ';;+49 30 1;', ['+49 30 1']],
  ])('of a list holds %s', (_, text, values) => {
    expect(cell('businessPhones', text)).toEqual(values)
  })

  test('of a list is quoted when semicolons part the cells', () => {
    expect(peopleOf('mail;proxyAddresses\na@x.com;"SMTP:a@x.com;smtp:b@x.com"\n')).toEqual([
      person({ id: 'a@x.com', mail: 'a@x.com', proxyAddresses: ['SMTP:a@x.com', 'smtp:b@x.com'] }),
    ])
  })
})

test('every field of a person can be a column', () => {
  const cells = PERSON_FIELDS.map((field) => (field === 'type' ? 'guest' : `a ${field}`))
  const { unknown } = peopleIn('p.csv', Buffer.from(`${PERSON_FIELDS.join(';')}\n${cells.join(';')}\n`))
  expect(unknown.size).toBe(0)
  expect(peopleOf(`${PERSON_FIELDS.join(';')}\n${cells.join(';')}\n`)).toEqual([
    Object.fromEntries(
      PERSON_FIELDS.map((field, index) => [
        field,
        field === 'proxyAddresses' || field === 'businessPhones' ? [cells[index]] : cells[index],
      ]),
    ),
  ])
})

test('a file of one column needs no delimiter', () => {
  expect(peopleOf('mail\nAda@X.com\n')).toEqual([person({ id: 'ada@x.com', mail: 'Ada@X.com' })])
})

test('a header alone is a file of nobody', () => {
  expect(peopleOf('id,mail\n')).toEqual([])
})
