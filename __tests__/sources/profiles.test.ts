/** The profile of each page is run as it stands there, and does what the page says. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import type { TenantSeed } from '../../src/simulator/seed.ts'
import { WebService } from '../../src/sources/http/__tests__/web-service.ts'
import { FABRIKAM, tenant } from '../people.ts'
import { blocks, page } from './pages.ts'
import { expectAsDocumented, profileOf } from './running.ts'

/** The tenant that a page gives. */
function seedOf(name: 'entra' | 'exchange'): Partial<TenantSeed> {
  return parse(blocks(page(`${name}.md`), 'yaml')[1]!) as Partial<TenantSeed>
}

const HOME = { ...tenant('fabrikam', FABRIKAM, {}), domains: ['fabrikam.com', 'litware.com'] }

test('entra', async () => {
  const { skipped } = await expectAsDocumented('entra', { fabrikam: { ...HOME, ...seedOf('entra') } })
  expect(skipped).toEqual([])
})

test('exchange', async () => {
  const { warnings } = await expectAsDocumented('exchange', { fabrikam: seedOf('exchange') })
  expect(warnings).toEqual([])
})

test('csv', async () => {
  const [file] = blocks(page('csv.md'), 'csv')
  const { warnings } = await expectAsDocumented('csv', { files: { 'people/partners.csv': file! } })
  expect(warnings.map(({ code }) => code)).toEqual(['unknown-field'])
})

describe('http', () => {
  const PUBLISHED = 'https://hr.fabrikam.com'
  const TOKEN = 'a-token-of-the-hr-system-9f31'
  let service: WebService
  beforeEach(async () => {
    service = await WebService.start()
  })
  afterEach(() => service.stop())

  test('both pages are read, with the token', async () => {
    const [first, second] = blocks(page('http.md'), 'json')
    service.answersAt({
      '/people?state=active': { body: first! },
      '/people?state=active&page=2': { body: second! },
    })
    const profile = profileOf('http').replace(PUBLISHED, service.origin)
    expect(profile).not.toContain(PUBLISHED)
    await expectAsDocumented('http', { profile, env: { HR_TOKEN: TOKEN } })
    expect(service.sent.map(({ headers }) => headers.authorization)).toEqual(Array(4).fill(`Bearer ${TOKEN}`))
  })
})
