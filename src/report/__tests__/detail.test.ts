import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Health } from '../../engine/plan.ts'
import { concerned, masked, message, subject, target, values, who, type Detail } from '../detail.ts'
import { shownHealth } from '../health.ts'
import { change } from './sample.ts'

describe('a masked person is initials and a domain', () => {
  test.each([
    ['Ada Lovelace <ada@fabrikam.com>', 'A. L. @fabrikam.com'],
    ['Zoë Ångström <zoe.angstrom@mail.fabrikam.com>', 'Z. Å. @mail.fabrikam.com'],
    ['Ada King Countess of Lovelace <ada@fabrikam.com>', 'A. K. C. @fabrikam.com'],
    ['ada.lovelace@fabrikam.com', 'A. L. @fabrikam.com'],
    ['<ada@fabrikam.com>', 'A. @fabrikam.com'],
    ['Ada Lovelace', 'A. L.'],
    ['李明 王芳 <li@fabrikam.com>', '李. 王. @fabrikam.com'],
    ['', '–'],
    ['1D2E3F40-0000-4000-8000-00000000000a', '1D2E3F40'],
  ])('%j', (label, shown) => expect(masked(label)).toBe(shown))

  test('a word of one letter gives none: the initial would be the word', () => {
    expect(masked('李 明 <x@fabrikam.com>')).toBe('– @fabrikam.com')
  })

  test('what stands for a domain and is none is left out', () => {
    expect(masked('Ada <ada@Ada Lovelace>')).toBe('A.')
    expect(masked('Ada <ada@lovelace>')).toBe('A.')
    expect(masked('x@ada@lovelace@fabrikam.com')).toBe('A. L. @fabrikam.com')
  })

  test('no whole word of a name or a local part is ever shown', () => {
    const word = fc.string({
      unit: fc.constantFrom(...'abcdefåé李-_.@<>`"\u202e '),
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(word, word, word, (given, surname, local) => {
        const shown = masked(`${given} ${surname} <${local}@fabrikam.com>`)
        const words = `${given} ${surname} ${local}`.match(/[\p{L}\p{N}]+/gu) ?? []
        const initials = shown.replace(/ ?@fabrikam\.com$/, '').toLowerCase()
        expect(words.filter((whole) => whole.length > 1 && initials.includes(whole))).toEqual([])
        expect(initials).toMatch(/^(–|\p{L}\.( \p{L}\.){0,2})$/u)
      }),
    )
  })
})

test('full shows all of it, and the others none', () => {
  const update = change({
    action: 'update',
    label: 'Ada <ada@fabrikam.com>',
    targetId: 'CN=Ada Lovelace',
    fields: [{ field: 'title', before: null, after: 'x' }],
  })
  const error = { code: 'E', message: 'about Ada' }
  expect([who(update.label, 'full'), target(update, 'full')]).toEqual([update.label, update.targetId])
  expect([values(update, 'full'), message(error, 'full')]).toEqual([update.fields, error.message])
  for (const detail of ['masked', 'counts'] as const) {
    expect([values(update, detail), message(error, detail), target(update, detail)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(who(update.label, detail)).toBe('A. @fabrikam.com')
  }
})

test('of a GUID the first digits tell two people of the same initials apart', () => {
  expect(target(change({ action: 'delete', label: 'x' }), 'masked')).toBe('7c1e02a4')
  expect(target(change({ action: 'create', label: 'x' }), 'masked')).toBeUndefined()
})

describe('an entry of health', () => {
  const entry: Health = {
    what: 'provisioning',
    key: 'Ada Lovelace <ada@fabrikam.com>',
    state: 'error',
    message: 'Ada Lovelace has no UPN',
    advice: 'EntryImport: failure',
    example: 'Grace Hopper <grace@fabrikam.com>',
  }
  const shown = (entries: readonly Health[], detail: Detail) =>
    shownHealth([{ name: 'people', health: entries }], detail)

  test('is shown whole in full, masked as far as may be told, and not at all in counts', () => {
    const about = { what: 'provisioning', state: 'error', profile: 'people' }
    expect(shown([entry], 'full')).toEqual([
      { ...about, name: entry.key, text: entry.message, example: entry.example },
    ])
    expect(shown([entry], 'masked')).toEqual([
      { ...about, name: 'A. L. @fabrikam.com', text: entry.advice, example: 'G. H. @fabrikam.com' },
    ])
    expect(shown([entry], 'counts')).toEqual([])
  })

  test('without advice and without an example tells neither', () => {
    const { advice: _, example: __, ...bare } = entry
    expect(Object.keys(shown([bare], 'masked')[0]!)).toEqual(['what', 'name', 'state', 'profile'])
  })

  test('of nobody keeps its key', () => {
    const job: Health = { ...entry, key: 'Field Staff', configuration: true }
    expect(concerned(job, 'masked')).toBe('Field Staff')
    expect(concerned({ ...entry, key: 'Field Staff' }, 'masked')).toBe('F. S.')
  })

  test('that is worse stands before one that is better, else in the order of the plan', () => {
    const states = ['ok', 'error', 'warning', 'ok', 'error'] as const
    const entries = states.map((state, index) => ({ ...entry, state, message: `${index}` }))
    expect(shown(entries, 'full').map(({ text }) => text)).toEqual(['1', '4', '2', '0', '3'])
  })
})

test('an object that is nobody’s keeps its name', () => {
  const folder = change({ action: 'create', label: 'Field Staff' })
  expect(subject(folder, 'masked')).toBe('F. S.')
  expect(subject({ ...folder, configuration: true }, 'masked')).toBe('Field Staff')
})
