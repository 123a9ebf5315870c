/** What docs/sources tells is what the program does: keys, fields, messages, bounds, permissions. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import {
  CALL_EXCHANGE,
  grantCommand,
  READ_GROUP_MEMBERS,
  READ_USERS,
  type Privilege,
} from '../../src/microsoft/permissions.ts'
import { PERSON_FIELDS, PERSON_TYPES, type PersonField } from '../../src/people/person.ts'
import { attributesOf, fieldsWithout } from '../../src/sources/active-directory/attributes.ts'
import { peopleIn } from '../../src/sources/csv/people.ts'
import { ORG_CONTACT_UNKNOWN } from '../../src/sources/entra/org-contact.ts'
import { USER_UNKNOWN } from '../../src/sources/entra/user.ts'
import { CONTACT, RECIPIENT, USER } from '../../src/sources/exchange/fields.ts'
import { RECIPIENT_TYPES } from '../../src/sources/exchange/types.ts'
import { BOUNDS } from '../../src/sources/http/bounds.ts'
import { fromSchema, SOURCE_NAMES, type SourceName } from '../../src/sources/schema.ts'
import { NAMES, page, tables, type PageName, type Row } from './pages.ts'

const COMMON = page('README.md')

/** Rows of all tables whose first column is `title`, by what stands in it. */
function rowsOf(text: string, title: string): Map<string, Row> {
  const found = tables(text).filter(([row]) => row && Object.keys(row)[0] === title)
  return new Map(found.flat().map((row) => [row[title]!, row]))
}

/** `extensionAttribute1` to `15` and the like stand in one row; behind a field may stand what it is. */
function fieldsIn(cell: string): PersonField[] {
  if (cell.startsWith('`extensionAttribute1` to'))
    return PERSON_FIELDS.filter((field) => field.startsWith('extensionAttribute'))
  return [...(/^`(\w+)`/.exec(cell)?.slice(1) ?? [cell])] as PersonField[]
}

describe('the keys', () => {
  interface Shape {
    readonly properties?: Readonly<Record<string, Shape>>
    readonly default?: unknown
    readonly items?: { readonly enum?: readonly string[] }
    readonly if?: { readonly required: readonly SourceName[] }
    readonly then?: Shape
    readonly else?: Shape
  }
  const SOURCES: Readonly<Record<SourceName, PageName>> = {
    entra: 'entra',
    exchange: 'exchange',
    activeDirectory: 'active-directory',
    csv: 'csv',
    http: 'http',
  }

  /** Source by source, with those below the key that gives it its name. */
  function keysOf(shape: Shape | undefined): [name: SourceName, key: string, shape: Shape][] {
    const [name] = shape?.if?.required ?? []
    if (name === undefined || !(name in (shape!.then?.properties ?? {}))) return []
    const own = Object.entries(shape!.then!.properties!).flatMap(([key, one]) =>
      one.properties ? Object.entries(one.properties) : [[key, one] as const],
    )
    return [...own.map(([key, one]): [SourceName, string, Shape] => [name, key, one]), ...keysOf(shape!.else)]
  }
  const keys = keysOf(fromSchema.items as unknown as Shape)

  test('are those of all sources', () => {
    expect([...new Set(keys.map(([name]) => name))]).toEqual(SOURCE_NAMES)
  })

  test.each(keys)('%s: %s', (name, key, shape) => {
    const text = page(`${SOURCES[name]}.md`)
    const row = rowsOf(text, 'key').get(key)
    const byDefault = Array.isArray(shape.default) ? `[${shape.default.join(', ')}]` : shape.default
    expect(row?.['default']).toBe(byDefault ?? '')
    for (const word of shape.items?.enum ?? []) expect(text).toContain(`\`${word}\``)
  })
})

describe('the fields of a person', () => {
  const rows = [...rowsOf(COMMON, 'field').values()]
  const empty = Object.keys(CONTACT) as PersonField[]
  const WITH_EXCHANGE = /^(mailNickname|extensionAttribute\d+)$/
  const unknownOf = (include: string) => RECIPIENT_TYPES.find((type) => type.include === include)!.unknown
  const COLUMNS: readonly [title: string, mark: (field: PersonField) => string][] = [
    ['`entra`: users', (field) => (USER_UNKNOWN.has(field) ? '–' : '✓')],
    ['`entra`: `org-contacts`', (field) => (ORG_CONTACT_UNKNOWN.has(field) ? '–' : '✓')],
    ['`exchange`: mailboxes, mail users', (field) => (unknownOf('user-mailboxes').has(field) ? '–' : '✓')],
    ['`exchange`: mail contacts', (field) => (unknownOf('mail-contacts').has(field) ? '–' : '✓')],
    [
      '`exchange`: groups',
      (field) => (unknownOf('distribution-groups').has(field) ? '–' : empty.includes(field) ? 'empty' : '✓'),
    ],
    [
      'activeDirectory',
      (field) => (fieldsWithout((name) => !WITH_EXCHANGE.test(name)).has(field) ? 'E' : '✓'),
    ],
  ]

  test('all have a row', () => {
    expect(rows.flatMap(({ field }) => fieldsIn(field!)).toSorted()).toEqual(PERSON_FIELDS.toSorted())
  })

  test.each(COLUMNS)('%s', (title, mark) => {
    for (const row of rows) {
      const [field] = fieldsIn(row['field']!)
      expect([field, row[title]]).toEqual([field, mark(field!)])
    }
  })

  test('the types are all named', () => {
    for (const type of PERSON_TYPES) expect(COMMON).toContain(`\`${type}\``)
  })

  test('of Exchange are the properties that are read', () => {
    const text = page('exchange.md')
    for (const [field, property] of Object.entries({ ...RECIPIENT, ...USER })) {
      if (/^extensionAttribute([2-9]|1[0-4])$/.test(field)) continue
      expect(text).toMatch(new RegExp(`\`${field}\` +\\| \`${property}\``))
    }
    for (const { include, details, person } of RECIPIENT_TYPES) {
      const row = rowsOf(text, '`include`').get(include) ?? rowsOf(text, 'include').get(include)
      expect(row).toMatchObject({ type: person })
      for (const name of details) expect(Object.values(row!).join()).toContain(name)
    }
  })

  test('of Active Directory are the attributes that are read', () => {
    const text = page('active-directory.md')
    for (const field of PERSON_FIELDS) {
      const attributes = attributesOf(field)
      if (attributes[0] === field && attributes.length === 1) continue
      expect(text).toMatch(
        new RegExp(`\`${field}\` +\\| ${attributes.map((name) => `\`${name}\``).join(' ')}`),
      )
    }
  })
})

describe('what is told', () => {
  const FOLDERS: Readonly<Record<string, string>> = Object.fromEntries(
    NAMES.map((name) => [name, page(`${name}.md`)]),
  )
  const EXPLAINED = readFileSync('docs/explain.md', 'utf8')
  /** A code as it is given, or as a type lists those that may be. */
  const GIVEN = /(?:\b(?:openNotice|\w*Error|fault)\(|code(?: =|:)|reason:)\s*'([a-z0-9]+(?:-[a-z0-9]+)+)'/g
  const OF_FILES = /'(file-[a-z-]+)'/g
  const files = [
    ...readdirSync('src/sources', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('__tests__'))
      .map((file) => join('src/sources', file)),
    'src/profiles/named-files.ts',
  ]
  const codes = new Map(
    files.flatMap((file) => {
      const folder = /^src\/sources\/([^/]+)\//.exec(file)?.[1] ?? ''
      const text = readFileSync(file, 'utf8')
      return [...text.matchAll(GIVEN), ...text.matchAll(OF_FILES)].map(
        ([, code]) => [`${folder} ${code}`, [folder, code!] as const] as const,
      )
    }),
  )

  test.each([...codes.values()])('%s %s', (folder, code) => {
    const places = [FOLDERS[folder] ?? '', COMMON, EXPLAINED]
    const isIn = (text: string) => rowsOf(text, 'code').has(code) || EXPLAINED.includes(`\`${code}\``)
    // `in-scope` is what explain says of everybody who is.
    expect(code === 'in-scope' || places.some(isIn)).toBe(true)
  })

  test('no page tells of a code that there is not', () => {
    const known = new Set([...codes.values()].map(([, code]) => code))
    const SHARED = [
      'expression-failed',
      'incomplete-read',
      'unknown-field',
      'duplicate-address',
      'ambiguous-id',
      'required-field-unknown',
      'source-empty',
      'no-mail-address',
    ]
    for (const name of [...NAMES, 'README'])
      for (const code of rowsOf(page(`${name}.md`), 'code').keys())
        expect([...known, ...SHARED]).toContain(code)
  })
})

describe('what is refused of a file', () => {
  const table = tables(page('csv.md')).find(([row]) => row && 'told' in row)!
  const told = table.flatMap((row) => row['told']!.split(' · '))

  test.each<[string, string, BufferEncoding?]>([
    ['UTF-16', '\u{feff}mail', 'utf16le'],
    ['a NUL', 'ma\0il\n'],
    ['a code page', 'mail,displayName\na@b.de,M\u{fc}ller\n', 'latin1'],
    ['nothing', ''],
    ['no header', 'ada@fabrikam.com,Ada\n'],
    ['a hint for Excel', 'sep=;\nmail;displayName\n'],
    ['nothing to tell people apart', 'displayName\nAda\n'],
    ['an unknown column', 'mail,phone\n'],
    ['one column twice', 'mail,mail\n'],
    ['a column without a name', 'mail,city,\n'],
    ['a cell too many', 'mail,city,state,country\na@b.de,1,2,3,4\n'],
    ['a quote left open', 'mail,city\na@b.de,"x\n'],
    ['text behind a quote', 'mail,city\na@b.de,"x"y\n'],
    ['a quote within a cell', 'mail,city\na@b.de,x"y\n'],
    ['a cell without an end', `mail,city\na@b.de,"${'x'.repeat(140_000)}"\n`],
    ['another type', 'mail,type\na@b.de,boss\n'],
    ['a long id', `id\n${'x'.repeat(300)}\n`],
    ['a control character', 'id\na\u{1}b\n'],
    ['an id like the mark of a leaver', 'id\na:leaver:2026-01-01\n'],
  ])('%s', (_, text, encoding = 'utf8') => {
    const [fault] = peopleIn('people.csv', Buffer.from(text, encoding)).faults.first
    expect(told.filter((one) => fault!.message.startsWith(one.replace(/, with .*/, '')))).toHaveLength(1)
  })
})

test('the bounds of a web service are those in force', () => {
  const text = page('http.md')
  const { pageTime, pageBytes, redirects, wholeTime, wholeBytes, pages, attempts, longestWait } = BOUNDS
  for (const bound of [
    `${pageTime / 1000} seconds, ${pageBytes / 1_048_576} MiB, at most ${redirects} redirects`,
    `${wholeTime / 60_000} minutes, ${wholeBytes / 1_048_576} MiB, ${pages} pages`,
    `${attempts} times in all; a wait of at most ${longestWait / 1000} seconds`,
    String(Number.MAX_SAFE_INTEGER),
  ])
    expect(text).toContain(bound)
})

test.each<[PageName, readonly Privilege[]]>([
  ['entra', [READ_USERS]],
  ['exchange', [CALL_EXCHANGE, READ_GROUP_MEMBERS]],
])('the permissions of %s are granted by the commands that doctor prints', (name, privileges) => {
  for (const privilege of privileges)
    expect(page(`${name}.md`)).toContain(grantCommand(privilege, '1d2e3f40-0000-4000-8000-00000000000a'))
})
