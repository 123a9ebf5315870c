import { describe, expect, test } from '@jest/globals'
import { PERSON_FIELDS, type PersonField } from '../../../people/person.ts'
import type { SourceError } from '../../source-error.ts'
import type { Surroundings } from '../../surroundings.ts'
import { csvSource } from '../csv.ts'
import { peopleIn } from '../people.ts'

const FIELDS: ReadonlySet<PersonField> = new Set(['displayName'])

function read(content: string, where?: string) {
  const around = {
    file: (name: string) =>
      name === 'people/p.csv' ? Promise.resolve(Buffer.from(content)) : Promise.reject(new Error(name)),
    place: (name: string) => `sync-profiles/${name}`,
  } as Partial<Surroundings> as Surroundings
  return csvSource({ csv: 'people/p.csv', ...(where !== undefined && { where }) }, ['from', 0], around).read(
    FIELDS,
  )
}

const refused = (content: string, where?: string) =>
  read(content, where).then(
    () => undefined,
    (error: SourceError) => ({ code: error.code, message: error.message, advice: error.advice }),
  )

const STAFF = `id,mail,displayName,department,proxyAddresses
1,ada@x.com,Ada,Research,smtp:countess@x.com
2,grace@x.com,Grace,Navy,
`

describe('people of a file', () => {
  test('are those that where is true of', async () => {
    const { people, skipped, warnings } = await read(STAFF, 'department != "Navy"')
    expect(people.map(({ person }) => person.displayName)).toEqual(['Ada'])
    expect([skipped, warnings]).toEqual([[], []])
  })

  test('are known by their id, or else by their mail in lower case', async () => {
    const { people } = await read(
      'id,mail\nA0000000-0000-4000-8000-00000000000A,a@x.com\nHR-7,b@x.com\n,C@X.com\nHR-9,\n',
    )
    expect(people.map(({ person }) => [person.id, person.mail])).toEqual([
      ['a0000000-0000-4000-8000-00000000000a', 'a@x.com'],
      ['HR-7', 'b@x.com'],
      ['c@x.com', 'C@X.com'],
      ['HR-9', ''],
    ])
  })

  test('share one set of what the file has no column for', async () => {
    const { people } = await read(STAFF)
    const [ada, grace] = people
    expect(ada!.unknown).toBe(grace!.unknown)
    expect([...ada!.unknown]).toEqual(
      PERSON_FIELDS.filter(
        (field) => !['id', 'mail', 'displayName', 'department', 'proxyAddresses'].includes(field),
      ),
    )
  })

  test('have an id also where the file has no such column', async () => {
    const { people } = await read('mail\nada@x.com\n')
    expect(people[0]!.unknown.has('id')).toBe(false)
    expect(people[0]!.unknown.has('displayName')).toBe(true)
  })

  test('are explained by any address, in scope or not', async () => {
    const { explain } = await read(STAFF, 'department != "Navy"')
    expect(await explain('Countess@X.com')).toEqual([
      expect.objectContaining({ person: expect.objectContaining({ id: '1' }), inScope: true }),
    ])
    expect(await explain('grace@x.com')).toEqual([
      expect.objectContaining({ inScope: false, why: expect.objectContaining({ code: 'where-not-true' }) }),
    ])
    expect(await explain('nobody@x.com')).toEqual([])
  })
})

describe('nobody is carried on', () => {
  test('whom nothing tells from others', async () => {
    const { people, skipped } = await read('id,mail,displayName\n\n,,Nemo\n1,ada@x.com,Ada\n')
    expect(people).toHaveLength(1)
    expect(skipped).toEqual([
      {
        key: 'sync-profiles/people/p.csv:3',
        label: 'Nemo',
        reason: 'no-mail-address',
        detail: 'has neither a mail address nor an id',
      },
    ])
  })

  test('whom tenant-sync made: by the alias, or by the mark in an attribute', async () => {
    const { people, skipped } = await read(
      `mail,alias,extensionAttribute15
a@x.com,tenant-sync-0123456789abcdef0123456789abcdef,
b@x.com,b,tenant-sync:partners:42
c@x.com,tenant-sync-fan,tenant-sync is great
`,
    )
    expect(people.map(({ person }) => person.mail)).toEqual(['c@x.com'])
    expect(skipped.map(({ key, reason }) => [key, reason])).toEqual([
      ['a@x.com', 'made-by-tenant-sync'],
      ['b@x.com', 'made-by-tenant-sync'],
    ])
  })

  test('twice by one address: merging decides, and the earlier row is the first', async () => {
    const { people, inOrder } = await read('mail,displayName\nz@x.com,Zoe\na@x.com,Ada\nA@x.com,Another\n')
    expect(people.map(({ person }) => person.displayName)).toEqual(['Zoe', 'Ada', 'Another'])
    expect(inOrder).toBe(true)
  })
})

describe('a file is refused', () => {
  test('with the file as the profile names it, the line, and what is wrong', async () => {
    const message = 'sync-profiles/people/p.csv:3: has 1 cell, and the header 2'
    expect(await refused('id,mail\n1,a@x.com\n2\n')).toEqual({
      code: 'csv-malformed',
      message,
      advice: message,
    })
  })

  test('with five faults, and how many more', async () => {
    expect((await refused(`id,mail\n${'1\n'.repeat(500)}`))?.message).toBe(
      `${[2, 3, 4, 5, 6].map((line) => `sync-profiles/people/p.csv:${line}: has 1 cell, and the header 2`).join('; ')}; and 495 more`,
    )
  })

  test('and what a cell holds is for those alone who may see people', async () => {
    expect(await refused('mail,type,city\na@x.com,Ada,\nb@x.com,\n')).toEqual({
      code: 'csv-malformed',
      message:
        'sync-profiles/people/p.csv:2: the type is "Ada": expected one of member, guest, contact, shared-mailbox, room, equipment, group; sync-profiles/people/p.csv:3: has 2 cells, and the header 3',
      advice:
        'sync-profiles/people/p.csv:2: the id or the type is not allowed (detail: full tells why); sync-profiles/people/p.csv:3: has 2 cells, and the header 3',
    })
    expect(
      peopleIn('people/p.csv', Buffer.from('mail,type\na@x.com,Ada\n')).faults.first[0]!.advice,
    ).not.toContain('Ada')
  })

  test('and a first row that is a person names them to those alone who may see people', async () => {
    const { message, advice } = (await refused('Ada Lovelace,ada@x.com,Manager,Manager\n'))!
    expect(message).toContain('unknown column `Ada Lovelace`')
    expect(advice).toContain('sync-profiles/people/p.csv:1: column 1 has an unknown name')
    expect(advice).toContain('column 4 has the name of column 3')
    expect(advice).not.toMatch(/ada/i)
  })

  test('when where reads what it has no column for: that is unknown, not empty', async () => {
    const message = 'where reads `city`, `state`, and sync-profiles/people/p.csv has no such column'
    expect(await refused(STAFF, 'city == "" || state == "" || id == "1"')).toEqual({
      code: 'where-reads-unknown',
      message,
      advice: message,
    })
  })

  test('when where cannot be evaluated for somebody, with its place in the profile', async () => {
    await expect(read(STAFF, 'displayName.substring(4) == ""')).rejects.toMatchObject({
      code: 'expression-failed',
      path: ['from', 0, 'where'],
    })
  })
})
