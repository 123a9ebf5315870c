import { describe, expect, test } from '@jest/globals'

import { marker } from '../../report/markdown/marker.ts'
import { ISSUE_TITLE, keepIssue } from '../issue.ts'
import { workplace, writesOf } from './workplace.ts'

const BOT = 'github-actions[bot]'
const body = (text: string) => `${marker('attention', 'default')}\n${text}`

async function attended(seed: object = {}) {
  const place = await workplace(seed)
  const { run } = place.job({ event: 'schedule' })
  const issues = () =>
    place.world.github.issues.map(({ title, body: text, state }) => ({ title, text, state }))
  return { place, issues, keep: (text: string | null) => keepIssue(place.client, run, text && body(text)) }
}

describe('the one issue', () => {
  test('is opened, kept up to date, and closed when all is well', async () => {
    const { place, issues, keep } = await attended()
    const url = await keep('blocked')
    expect(url).toMatch(/\/issues\/1$/)
    expect(issues()).toEqual([{ title: 'tenant-sync needs attention', text: body('blocked'), state: 'open' }])
    expect(await keep('failed')).toBe(url)
    expect(await keep('failed')).toBe(url)
    expect(writesOf(place)).toHaveLength(2)
    expect(await keep(null)).toBeUndefined()
    expect(issues()).toEqual([{ title: ISSUE_TITLE, text: body('failed'), state: 'closed' }])
  })

  test('is not opened when all is well', async () => {
    const { place, keep } = await attended()
    expect(await keep(null)).toBeUndefined()
    expect(writesOf(place)).toEqual([])
  })

  test('is another one after it was closed', async () => {
    const { issues, keep } = await attended({
      issues: [{ number: 4, title: ISSUE_TITLE, author: BOT, body: body('once'), closed: true }],
    })
    await keep('again')
    expect(issues().map(({ state }) => state)).toEqual(['closed', 'open'])
  })

  test('keeps the title that a person gave it', async () => {
    const { place, issues, keep } = await attended()
    await keep('blocked')
    place.world.github.issues[0]!.title = 'Ada looks after this'
    await keep('failed')
    expect(issues()).toEqual([{ title: 'Ada looks after this', text: body('failed'), state: 'open' }])
  })

  test('is found among many, and stands once', async () => {
    const others = Array.from({ length: 120 }, (_, index) => ({ number: index + 10, title: `t${index}` }))
    const { issues, keep } = await attended({
      issues: [
        { number: 1, title: ISSUE_TITLE, author: BOT, body: body('older') },
        { number: 2, title: ISSUE_TITLE, author: BOT, body: body('newer') },
        ...others,
      ],
    })
    await keep('failed')
    expect(issues()).toHaveLength(122)
    expect(issues().slice(0, 2)).toMatchObject([{ state: 'closed' }, { state: 'open', text: body('failed') }])
  })

  test('of somebody else is left alone, and so is a pull request', async () => {
    const { place, keep } = await attended({
      pulls: [{ number: 8, title: ISSUE_TITLE, author: BOT }],
      issues: [{ number: 3, title: ISSUE_TITLE, author: 'mallory', body: body('forged') }],
    })
    place.world.github.issues.find(({ number }) => number === 8)!.body = body('a pull request')
    await keep(null)
    expect(writesOf(place)).toEqual([])
  })

  test('without the permission, says which', async () => {
    const { keep } = await attended({ token: { permissions: { issues: 'read' } } })
    await expect(keep('blocked')).rejects.toMatchObject({ permissions: ['issues: write'] })
  })
})
