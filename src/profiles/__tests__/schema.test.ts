import { Type } from '@sinclair/typebox'
import { describe, expect, test } from '@jest/globals'
import { checkAgainst } from '../check.ts'
import { withDefinitions } from '../definitions.ts'
import { formatPath } from '../fault.ts'
import { entry, switchEntry } from '../mapping.ts'
import { published } from '../published.ts'
import { byKey, choice, choices, either, keys, list, text, variable } from '../shapes.ts'

const messages = (schema: Parameters<typeof checkAgainst>[0], data: unknown) =>
  checkAgainst(schema)(data).map(({ path, message, options }) =>
    [formatPath(path), message, ...(options?.offset === undefined ? [] : [options.offset])].join(' | '),
  )

describe('what is wrong, in a reader’s words', () => {
  const pet = keys({
    name: text(),
    kind: choice(['cat', 'dog'], { default: 'cat' }),
    tricks: Type.Optional(list(text())),
    likes: Type.Optional(choices(['fish', 'bones'])),
    lives: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
    alive: Type.Optional(Type.Boolean()),
    secretEnv: Type.Optional(variable('Where the secret is.')),
    at: Type.Optional(text({ format: 'date-time', errorMessage: 'a time' })),
  })

  test.each<[unknown, string[]]>([
    [{ name: 'Tom' }, []],
    [
      {
        name: 'Tom',
        kind: 'dog',
        tricks: ['sit'],
        likes: ['bones'],
        lives: 9,
        alive: true,
        secretEnv: 'A_B',
      },
      [],
    ],
    [null, [' | the file is empty: expected a mapping of keys']],
    ['Tom', [' | the file is "Tom": expected a mapping of keys']],
    [{}, ['name | missing key `name`']],
    [{ nmae: 'Tom' }, ['nmae | unknown key `nmae`: did you mean `name`?']],
    [
      { name: 'Tom', fur: 1 },
      ['fur | unknown key `fur`: known here: name, kind, tricks, likes, lives, alive, secretEnv, at'],
    ],
    [{ name: '' }, ['name | `name` is empty: expected a text that is not empty']],
    [
      { name: 7 },
      ['name | `name` is 7: expected a text (in quotes, if it looks like a number or a boolean)'],
    ],
    [{ name: 'x', kind: 'dgo' }, ['kind | `kind` is "dgo": expected one of cat, dog; did you mean dog?']],
    [{ name: 'x', kind: 'doge' }, ['kind | `kind` is "doge": expected one of cat, dog; did you mean dog?']],
    [{ name: 'x', tricks: [] }, ['tricks | `tricks` is an empty list: expected at least one entry']],
    [{ name: 'x', tricks: 'sit' }, ['tricks | `tricks` is "sit": expected a list']],
    [
      { name: 'x', tricks: ['sit', {}] },
      [
        'tricks[1] | `tricks[1]` is an empty mapping: expected a text (in quotes, if it looks like a number or a boolean)',
      ],
    ],
    [{ name: 'x', likes: ['fish', 'fish'] }, ['likes | `likes` is a list: expected each entry once']],
    [{ name: 'x', lives: 0 }, ['lives | `lives` is 0: expected 1 or more']],
    [{ name: 'x', lives: 10 }, ['lives | `lives` is 10: expected 9 at most']],
    [{ name: 'x', lives: 'nine' }, ['lives | `lives` is "nine": expected a whole number']],
    [{ name: 'x', alive: 'yes' }, ['alive | `alive` is "yes": expected true or false']],
    [{ name: 'x', at: '2026-12-01T20:00:00Z' }, []],
    [{ name: 'x', at: '2026-11-31T20:00:00Z' }, ['at | `at` is "2026-11-31T20:00:00Z": expected a time']],
    [{ name: 'x', at: 'today' }, ['at | `at` is "today": expected a time']],
    [
      { name: 7, kind: 'x'.repeat(99) },
      [
        'name | `name` is 7: expected a text (in quotes, if it looks like a number or a boolean)',
        `kind | \`kind\` is "${'x'.repeat(59)}…: expected one of cat, dog`,
      ],
    ],
  ])('%j', (data, expected) => {
    expect(messages(pet, data)).toEqual(expected)
  })

  test.each([
    'GITHUB_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'AZURE_CLIENT_SECRET',
    'TENANT_SYNC_X_CLIENT_SECRET',
    'hunter2!',
    '',
  ])('a variable may not be %j, and what stands there is not repeated', (secretEnv) => {
    expect(messages(pet, { name: 'x', secretEnv })).toEqual([
      'secretEnv | `secretEnv` is not a name: expected the name of an environment variable, in capitals, that does not begin with ACTIONS_, GITHUB_, AZURE_ or TENANT_SYNC_',
    ])
  })
})

describe('a shape that is told by a key', () => {
  const shape = () =>
    byKey(
      { cat: keys({ cat: text(), lives: choice(['7', '9'], { default: '9' }) }), dog: keys({ dog: text() }) },
      { errorMessage: 'a cat or a dog' },
    )

  test('has the defaults of that shape', () => {
    const data = [{ cat: 'Tom' }, { dog: 'Rex' }]
    expect(messages(list(shape()), data)).toEqual([])
    expect(data).toEqual([{ cat: 'Tom', lives: '9' }, { dog: 'Rex' }])
  })

  test.each<[unknown, string[]]>([
    [{ cat: 'Tom', dog: 'Rex' }, ['[0].dog | unknown key `dog` in `[0]`: known here: cat, lives']],
    [{ lives: '7' }, ['[0].cat | `[0]`: expected a cat or a dog']],
    [{ horse: 'x' }, ['[0].cat | `[0]`: expected a cat or a dog']],
    [{ lifes: '7' }, ['[0].lifes | unknown key `lifes` in `[0]`: did you mean `lives`?']],
    ['Tom', ['[0] | `[0]` is "Tom": expected a cat or a dog']],
    [{}, ['[0].cat | `[0]`: expected a cat or a dog']],
  ])('%j', (data, expected) => {
    expect(messages(list(shape()), [data])).toEqual(expected)
  })
})

describe('an entry of a mapping', () => {
  const mapping = keys({ title: Type.Optional(entry('')), hidden: Type.Optional(switchEntry('')) })

  test.each([
    [{ title: 'x' }],
    [{ title: '' }],
    [{ title: null }],
    [{ title: '{{jobTitle}}' }],
    [{ title: { value: '{{jobTitle}}', when: 'empty' } }],
    [{ hidden: true }],
    [{ hidden: '{{ city == "" }}' }],
    [{ hidden: { value: false, when: 'create' } }],
  ])('%j', (data) => {
    expect(messages(mapping, data)).toEqual([])
  })

  test('is written always unless it says when', () => {
    const data = { title: { value: 'x' } }
    expect(messages(mapping, data)).toEqual([])
    expect(data).toEqual({ title: { value: 'x', when: 'always' } })
  })

  test.each<[unknown, string[]]>([
    [
      { title: 5 },
      [
        'title | `title` is 5: expected a text (in quotes, if it looks like a number), ~ to leave it alone, or { value, when }',
      ],
    ],
    [
      { title: true },
      [
        'title | `title` is true: expected a text (in quotes, if it looks like a number), ~ to leave it alone, or { value, when }',
      ],
    ],
    [{ title: { when: 'empty' } }, ['title.value | missing key `value` in `title`']],
    [
      { title: { value: 'x', when: 'never' } },
      ['title.when | `title.when` is "never": expected one of always, empty, create'],
    ],
    [{ title: 'a {{ jobTitl }}' }, ['title | a person has no field `jobTitl`: did you mean `jobTitle`? | 5']],
    [
      { title: { value: '{{ jobTitl }}' } },
      ['title.value | a person has no field `jobTitl`: did you mean `jobTitle`? | 3'],
    ],
  ])('%j', (data, expected) => {
    expect(messages(mapping, data)).toEqual(expected)
  })
})

test('a condition gives true or false', () => {
  expect(messages(keys({ where: text({ format: 'condition' }) }), { where: 'city' })).toEqual([
    'where | a condition gives true or false, and this gives a text | 0',
  ])
})

describe('definitions', () => {
  const address = () =>
    keys({ street: text({ description: 'x'.repeat(150) }), city: text({ default: 'London' }) })
  const schema = keys({
    home: address(),
    work: address(),
    other: either('object', address(), text(), { errorMessage: 'an address' }),
  })

  test('say once what a schema says repeatedly', () => {
    const short = JSON.stringify(withDefinitions(schema))
    expect(short.length).toBeLessThan(JSON.stringify(schema).length)
    expect(short.match(/x{150}/g)).toHaveLength(1)
  })

  test('change nothing in what is accepted and filled in', () => {
    const data = { home: { street: 'a' }, work: { street: 'b', city: 'Paris' }, other: { street: 'c' } }
    expect(messages(schema, data)).toEqual([])
    expect(data).toEqual({
      home: { street: 'a', city: 'London' },
      work: { street: 'b', city: 'Paris' },
      other: { street: 'c', city: 'London' },
    })
    expect(messages(schema, { home: 1, work: { street: 'b' }, other: 'x' })).toEqual([
      'home | `home` is 1: expected a mapping of keys',
    ])
  })
})

test('a published schema requires only what has no default', () => {
  const schema = published(
    'pet',
    'A pet',
    keys({
      name: text(),
      kind: text({ default: 'cat' }),
      required: Type.Optional(keys({ a: text({ default: 'x' }) })),
    }),
  )
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:tenant-sync:schema:pet',
    title: 'A pet',
    required: ['name'],
    properties: { required: { type: 'object' } },
  })
  expect(schema).not.toHaveProperty('properties.required.required')
})
