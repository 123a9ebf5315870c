import { describe, expect, test } from '@jest/globals'
import { compileMapping } from '../mapping.ts'
import { person, type PersonField } from '../person.ts'

const DEFAULTS = { title: '{{jobTitle}}', city: '{{city}}', notes: null, fax: '{{faxNumber}}' }
const ada = person({ id: 'ada-1', jobTitle: 'Engineer', city: 'London', employeeId: '7' })
const known: ReadonlySet<PersonField> = new Set()
const asObject = (wanted: ReadonlyMap<string, unknown>) => Object.fromEntries(wanted)

describe('what a profile says of each attribute', () => {
  test('what it does not name keeps its default, and what is not managed stays so', () => {
    expect(asObject(compileMapping(DEFAULTS, {}).wanted({ person: ada, unknown: known }))).toEqual({
      title: { value: 'Engineer', when: 'always' },
      city: { value: 'London', when: 'always' },
      fax: { value: '', when: 'always' },
    })
  })

  test('a text replaces the default, ~ leaves the attribute alone, { value, when } says when', () => {
    const mapping = compileMapping(DEFAULTS, {
      title: '{{jobTitle}} {{employeeId}}',
      city: null,
      notes: { value: 'from Fabrikam', when: 'create' },
      fax: { value: '{{faxNumber}}', when: 'empty' },
    })
    expect(asObject(mapping.wanted({ person: ada, unknown: known }))).toEqual({
      title: { value: 'Engineer 7', when: 'always' },
      notes: { value: 'from Fabrikam', when: 'create' },
      fax: { value: '', when: 'empty' },
    })
    expect([...mapping.reads].sort()).toEqual(['employeeId', 'faxNumber', 'jobTitle'])
  })

  test('true and false are texts', () => {
    const mapping = compileMapping({ hidden: null }, { hidden: true })
    expect(mapping.wanted({ person: ada, unknown: known }).get('hidden')?.value).toBe('true')
  })

  test('attributes come in the order of the kind', () => {
    const mapping = compileMapping(DEFAULTS, { notes: 'n', city: 'c' })
    expect([...mapping.wanted({ person: ada, unknown: known }).keys()]).toEqual([
      'title',
      'city',
      'notes',
      'fax',
    ])
  })
})

describe('an attribute made of what the source does not carry', () => {
  const mapping = compileMapping(DEFAULTS, { title: '{{jobTitle}}{{department}}', notes: 'always the same' })
  const unknown: ReadonlySet<PersonField> = new Set(['department', 'faxNumber', 'legacyExchangeDN'])

  test('is left alone', () => {
    expect([...mapping.wanted({ person: ada, unknown }).keys()]).toEqual(['city', 'notes'])
  })

  test('is named for the warning', () => {
    expect(mapping.blockedBy(unknown)).toEqual(['title', 'fax'])
    expect(mapping.blockedBy(known)).toEqual([])
  })

  test('is left alone for the people of that source only', () => {
    mapping.wanted({ person: ada, unknown })
    expect(mapping.wanted({ person: ada, unknown: known }).has('title')).toBe(true)
  })
})
