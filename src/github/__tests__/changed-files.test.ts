import { expect, test } from '@jest/globals'

import { changesProfiles } from '../changed-files.ts'
import { workplace } from './workplace.ts'

const PROFILES = ['sync-profiles/a.yaml']

async function changes(files: readonly string[]): Promise<boolean> {
  const place = await workplace({ pulls: [{ number: 7, files }] })
  return changesProfiles(place.client, place.job({ event: 'pull_request' }).run, PROFILES)
}

test.each([
  [['README.md', 'sync-profiles/a.yaml'], true],
  [['sync-profiles/tenants.yaml'], true],
  [['tenants.yaml'], true],
  [['sync-profiles/b.yaml', 'old-tenants.yaml'], false],
  [[], false],
])('%j: %s', async (files, expected) => expect(await changes(files)).toBe(expected))

test('a file on a later page', async () => {
  const others = Array.from({ length: 130 }, (_, index) => `docs/${index}.md`)
  expect(await changes([...others, ...PROFILES])).toBe(true)
})

test('when GitHub does not tell, it may', async () => {
  const place = await workplace({ pulls: [{ number: 7 }] })
  place.faults.add({ on: { service: 'github' }, do: { status: 404 } })
  expect(await changesProfiles(place.client, place.job({ event: 'pull_request' }).run, PROFILES)).toBe(true)
})
