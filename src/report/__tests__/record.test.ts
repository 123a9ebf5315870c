import { describe, expect, test } from '@jest/globals'
import { MOST_REMOVALS, type Reviewed } from '../../engine/review.ts'
import { reviewIn, reviewRecord } from '../markdown/record.ts'
import { shown } from './github.ts'

const SALT = 'contoso/people#7'
const digits = (index: number, length: number) => index.toString(36).padStart(length, 'x')

function reviewed(index: number, over: Partial<Reviewed> = {}): Reviewed {
  return {
    name: `profile-${index}`,
    file: `sync-profiles/profile-${index}.yaml`,
    digest: digits(index, 22),
    counts: { create: 12, update: 31, delete: 2 },
    settings: { 'from.groups': 'Ab3d', 'limits.deletes': '-_-_' },
    removals: ['a-------', 'b__-----'],
    ...over,
  }
}
const several = (count: number, over?: (index: number) => Partial<Reviewed>) => ({
  salt: SALT,
  profiles: Array.from({ length: count }, (_, index) => reviewed(index, over?.(index))),
})
const removals = (count: number) => Array.from({ length: count }, (_, index) => digits(index, 8))

test('what is recorded is read again from the comment around it', () => {
  const review = several(3)
  const { line, warning } = reviewRecord(review)
  expect(warning).toBe('')
  expect(reviewIn(`<!-- tenant-sync:plan v=1 id=default -->\r\n### Plan\r\n\r\n${line}\r\n`, SALT)).toEqual(
    review,
  )
})

test('it is one line that shows nothing, whatever the names of its keys', () => {
  const settings = { 'mapping.--> @octocat <b>&': 'Ab3d', 'naïve\u2028\u202e😀': 'x', '--!>': 'y' }
  const review = several(1, () => ({ settings }))
  const { line } = reviewRecord(review)
  expect(line).toMatch(/^[ -~]+$/)
  const { elements, outside, comments } = shown(`### Plan\n\n${line}`)
  expect(comments).toHaveLength(1)
  expect(elements.map(({ tagName }) => tagName)).toEqual(['h3'])
  expect(outside.trim()).toBe('Plan')
  expect(reviewIn(line, SALT)).toEqual(review)
})

describe('when it grows too long, it leaves out', () => {
  test('nothing with as many deletions as a review lists', () => {
    const review = several(1, () => ({ removals: removals(MOST_REMOVALS) }))
    const { line, warning } = reviewRecord(review)
    expect(reviewIn(line, SALT)).toEqual(review)
    expect(warning).toBe('')
  })

  test('first the settings: what changed is then not named', () => {
    const long = Object.fromEntries(removals(2000).map((path) => [`mapping.${path}`, 'Ab3d']))
    const { line, warning } = reviewRecord(several(2, () => ({ settings: long })))
    expect(reviewIn(line, SALT)).toMatchObject({ profiles: [{ removals: ['a-------', 'b__-----'] }, {}] })
    expect(JSON.stringify(reviewIn(line, SALT))).not.toContain('settings')
    expect(warning).toBe('')
  })

  test('then the deletions, and says that they will be held', () => {
    const { line, warning } = reviewRecord(
      several(250, (index) => ({ removals: removals(index % 2 ? 16 : 0) })),
    )
    const read = reviewIn(line, SALT)
    expect(typeof read === 'object' && read.profiles.map((one) => one.removals).slice(0, 2)).toEqual([
      [],
      null,
    ])
    expect(warning).toContain('every deletion is held')
  })

  test('and with hundreds of profiles itself', () => {
    expect(reviewRecord(several(1000))).toEqual({ line: '', warning: expect.stringContaining('comment-id') })
  })
})

test('deletions beyond the list are told', () => {
  expect(reviewRecord(several(1, () => ({ removals: null }))).warning).toMatch(/deletes nobody.*2,000/)
})

describe('no review is read', () => {
  const { line } = reviewRecord(several(1))
  test.each([
    ['from a comment without a record', '### Plan', 'records no review'],
    ['from a record within a line', `x ${line}`, 'records no review'],
    ['from two records', `${line}\n${line}`, 'records more than one review'],
    ['from another version', line.replace('v=1', 'v=2'), 'was written by another version of tenant-sync'],
    ['from what is no JSON', line.replace('{', '('), 'records a review that cannot be read'],
    ['from a record that is cut', line.slice(0, -20), 'records a review that cannot be read'],
    ['from other data', line.replace('"create":12', '"create":-1'), 'records a review that cannot be read'],
  ])('%s', (_, comment, why) => expect(reviewIn(comment, SALT)).toBe(why))
})
