import { describe, expect, test } from '@jest/globals'
import { peopleIn } from '../people.ts'

const UTF16_LE = Buffer.from('\ufeffid,mail\r\n1,ada@x.com\r\n', 'utf16le')
const LATIN1 = Buffer.from('mail,displayName\nada@x.com,Ada\ngrace@x.com,Grace\nj@x.com,Jördis\n', 'latin1')
const EXAMPLE = 'the first row has to name fields of a person, e.g. id,mail,displayName'
const SAVE = 'and only UTF-8 is read: save it as CSV UTF-8'
const NO_KEY = 'there is no column `id` and no column `mail`: one of them has to tell people apart'
const BEHIND_A_QUOTE = 'text stands behind a closing quote: a quote inside a quoted cell is doubled'
const INSIDE_A_CELL = 'a quote stands inside a cell: put the cell in quotes, and double those inside it'
const TOO_LONG = 'goes on for more than 131072 bytes: a quote may be left open'

/** What a file is, its content, and what is told of it. */
type Case = [what: string, content: string | Buffer, ...faults: string[]]

const told = (content: string | Buffer) =>
  peopleIn('p.csv', Buffer.from(content)).faults.first.map(({ line, message }) => `${line}: ${message}`)

describe.each<[string, Case[]]>([
  [
    'no text in UTF-8',
    [
      ['UTF-16 with its mark', UTF16_LE, `1: the file is in UTF-16, ${SAVE}`],
      ['UTF-16, big end first', Buffer.from(UTF16_LE).swap16(), `1: the file is in UTF-16, ${SAVE}`],
      [
        'UTF-16 without its mark',
        UTF16_LE.subarray(2),
        `1: the file holds a NUL, as one in UTF-16 does, ${SAVE}`,
      ],
      [
        'a NUL in a later row',
        'mail\r\na@x.com\r\nb\0',
        `3: the file holds a NUL, as one in UTF-16 does, ${SAVE}`,
      ],
      ['a code page of Windows', LATIN1, `4: the file is not in UTF-8 here, ${SAVE}`],
      [
        'a character cut in two by a line end',
        Buffer.concat([Buffer.from('mail\ra'), Buffer.from([0xc3]), Buffer.from('\rb\r')]),
        `2: the file is not in UTF-8 here, ${SAVE}`,
      ],
      [
        'a surrogate as UTF-8',
        Buffer.from([0x6d, 0x0a, 0x0a, 0xed, 0xa0, 0x80]),
        `3: the file is not in UTF-8 here, ${SAVE}`,
      ],
      [
        'a workbook',
        Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0]),
        `1: the file holds a NUL, as one in UTF-16 does, ${SAVE}`,
      ],
    ],
  ],
  [
    'no header',
    [
      ['nothing at all', '', `1: the file is empty: ${EXAMPLE}`],
      ['a byte order mark alone', '\ufeff', `1: the file is empty: ${EXAMPLE}`],
      ['blank lines', '\r\n \n\t\n', `1: the file is empty: ${EXAMPLE}`],
      ['empty cells', ';;;\n;;;\n', `1: the file is empty: ${EXAMPLE}`],
      ['rows alone', 'Ada Lovelace,ada@fabrikam.com\n', `1: there is no header: ${EXAMPLE}`],
      ['a delimiter of another kind', 'Id|Mail\n1|ada@x.com\n', `1: there is no header: ${EXAMPLE}`],
    ],
  ],
  [
    'a header at fault',
    [
      [
        'a field misspelt',
        'id,displayname\n',
        '1: unknown column `displayname`: did you mean `displayName`?',
      ],
      ['a part of a name', 'id,phone\n', '1: unknown column `phone`: did you mean `mobilePhone`?'],
      ['a name of nothing', 'id,shoe size\n', '1: unknown column `shoe size`'],
      [
        'a name without an end',
        `mail;${'é'.repeat(39)}😀${'x'.repeat(500)}\n`,
        `1: unknown column \`${'é'.repeat(39)}😀…\``,
      ],
      ['a column twice', 'mail,city,mail\n', '1: duplicate column `mail`'],
      ['a column twice but for blanks', 'mail, mail \n', '1: duplicate column `mail`'],
      ['an empty name', 'mail,,city\n', '1: column 2 has no name'],
      ['a delimiter at its end', 'mail;city;\na@x.com;Rome;\n', '1: column 3 has no name'],
      ['nobody to be told apart', 'displayName\n', `1: ${NO_KEY}`],
      [
        'all of it, behind blank lines',
        '\n\nemail\tcity\t\tcity\n',
        '3: unknown column `email`: did you mean `mail`?',
        '3: column 3 has no name',
        '3: duplicate column `city`',
        `3: ${NO_KEY}`,
      ],
      [
        'a delimiter of another kind in a name',
        'id,mail,ci;ty\n',
        '1: unknown column `ci;ty`: did you mean `city`?',
      ],
      ['a quote in a name', 'mail,ci"ty\n', `1: ${INSIDE_A_CELL}`],
      ["a spreadsheet's hint", 'sep=;\nmail;city\n', `1: there is no header: ${EXAMPLE}`],
    ],
  ],
  [
    'rows at fault',
    [
      ['too many cells', 'id,mail\n1,a@x.com\n2,b@x.com,,\n', '3: has 4 cells, and the header 2'],
      ['too few cells', 'id,mail,city\n\n1\n', '3: has 1 cell, and the header 3'],
      [
        'several of them',
        'id,mail\n1\n2,b@x.com\n"\r\n"\n3,c@x.com,c\n',
        '2: has 1 cell, and the header 2',
        '6: has 3 cells, and the header 2',
      ],
      [
        'a header and a row',
        'id,mail,shoe\n1,a@x.com\n2,b@x.com,43\n',
        '1: unknown column `shoe`',
        '2: has 2 cells, and the header 3',
      ],
      ['a delimiter at its end', 'id,mail\n1,a@x.com,\n', '2: has 3 cells, and the header 2'],
      ['another delimiter than the header', 'id,mail\n1;a@x.com\n', '2: has 1 cell, and the header 2'],
    ],
  ],
  [
    'quotes at fault',
    [
      ['one never closed', 'id,mail\n1,"a@x.com\n2,b@x.com\n', '2: a quote is opened and never closed'],
      ['one inside a cell', 'mail,city\r\na@x.com,6" pipe\r\n', `2: ${INSIDE_A_CELL}`],
      ['text behind one', 'mail,city\ra@x.com,"Rome"!\r', `2: ${BEHIND_A_QUOTE}`],
      ['text behind one and a blank', 'mail,city\na@x.com,"Rome" !\n', `2: ${BEHIND_A_QUOTE}`],
      ['not doubled', 'mail,displayName\na@x.com,"Ada "the" Lady"\n', `2: ${BEHIND_A_QUOTE}`],
      [
        'told where the row begins, and what is before it',
        'mail,streetAddress,city\n1\na@x.com,"Main Street\n\n7","Rome\n',
        '2: has 1 cell, and the header 3',
        '3: a quote is opened and never closed',
      ],
      ['a cell without an end', `mail,city\na@x.com,"${'x\n'.repeat(100_000)}"\n`, `2: ${TOO_LONG}`],
    ],
  ],
  [
    'records at fault',
    [
      [
        'another type',
        'mail,type\na@x.com,member\nb@x.com,boss\n',
        '3: the type is "boss": expected one of member, guest, contact, shared-mailbox, room, equipment, group',
      ],
      [
        'an id that fits no mark',
        `id\n${'7'.repeat(257)}\n`,
        '2: the id has 257 characters, and at most 256 fit a mark',
      ],
      [
        'an id that another row has, in whatever letters',
        'id,mail\ne1,a@x.com\ne2,b@x.com\nE1,c@x.com\ne1,d@x.com\n',
        '4: the id is that of line 2: ids are unique',
        '5: the id is that of line 2: ids are unique',
      ],
      ['an id of two lines', 'id,mail\n"1\n2",a@x.com\n', '2: the id holds a control character'],
    ],
  ],
])('a file with %s is refused:', (_, cases) => {
  test.each<Case>(cases)('%s', (_what, content, ...faults) => {
    expect(told(content)).toEqual(faults)
  })
})

test('of a file that is nothing but faults, the first hundred are told', () => {
  expect(peopleIn('p.csv', Buffer.from(`id,mail\n${'1\n'.repeat(1000)}`)).faults.first).toHaveLength(100)
})
