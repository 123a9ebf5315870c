import { describe, expect, test } from '@jest/globals'
import { reviewRecord } from '../../report/markdown/record.ts'
import { marker } from '../../report/markdown/marker.ts'
import { merge, push } from '../../simulator/github/people.ts'
import { reviewsIn } from '../reviews.ts'
import { workplace } from './workplace.ts'

const A = {
  name: 'a',
  formerly: [] as string[],
  file: 'sync-profiles/a.yaml',
  files: ['sync-profiles/people.csv'],
}
const TENANTS = 'sync-profiles/tenants.yaml'

/** A merged pull request that changed these files; later ones are merged later. */
const merged = (number: number, ...files: string[]) => ({
  number,
  state: 'merged',
  files,
  mergedAt: `2026-11-02T09:${String(number).padStart(2, '0')}:00Z`,
})

/** A plan that saw these profiles, each in the file of its name. */
function plan(on: number, ...names: string[]) {
  const profiles = names.map((name) => ({
    name,
    file: `sync-profiles/${name}.yaml`,
    digest: 'd',
    counts: { create: 0, update: 0, delete: 0 },
    removals: [],
  }))
  const body = `${marker('plan', 'default')}\n${reviewRecord({ salt: '', profiles }).line}`
  return { on, author: 'github-actions[bot]', body }
}

async function newest(seed: object, profile: Partial<typeof A> = {}) {
  const place = await workplace(seed)
  const { run } = place.job({ event: 'schedule' })
  const where = { ...run, id: 'default', tenantsFile: TENANTS }
  const reviews = reviewsIn(place.client, where)
  const found = await reviews.newest({ ...A, ...profile })
  if (typeof found === 'string') return { place, reviews, why: found }
  return { place, reviews, ofProfile: found.ofProfile?.where, ofTenants: found.ofTenants?.where }
}

describe('the newest review of a profile is the one that saw it', () => {
  test.each<[string, object[], object[], string | undefined]>([
    [
      'in the last change of its file',
      [merged(1, A.file), merged(2, A.file)],
      [plan(1, 'a'), plan(2, 'a')],
      '#2',
    ],
    [
      'not in a change of another',
      [merged(1, A.file), merged(2, 'b.yaml')],
      [plan(1, 'a'), plan(2, 'a')],
      '#1',
    ],
    ['where the last change was not planned', [merged(1, A.file), merged(2, A.file)], [plan(1, 'a')], '#1'],
    ['nowhere', [merged(1, A.file)], [], undefined],
    ['not in a change that is only proposed', [{ number: 1, files: [A.file] }], [plan(1, 'a')], undefined],
    ['not on another branch', [{ ...merged(1, A.file), base: 'release' }], [plan(1, 'a')], undefined],
  ])('%s', async (_, pulls, comments, expected) => {
    expect((await newest({ pulls, comments })).ofProfile).toBe(expected)
  })

  test('or the last change of its file, where that did not see it', async () => {
    const seed = { pulls: [merged(1, A.file), merged(2, A.file)], comments: [plan(1, 'a'), plan(2, 'b')] }
    expect((await newest(seed)).ofProfile).toBe('#2')
    const moved = {
      pulls: [merged(1, A.file), merged(2, 'old.yaml')],
      comments: [plan(1, 'a'), plan(2, 'b')],
    }
    expect((await newest(moved, { file: 'old.yaml' })).ofProfile).toBe('#2')
    const back = { pulls: [merged(1, 'old.yaml'), merged(2, A.file)], comments: [plan(1, 'b'), plan(2, 'a')] }
    expect((await newest(back, { file: 'old.yaml' })).ofProfile).toBe('#2')
  })

  test('whatever the order of their numbers', async () => {
    const pulls = [{ ...merged(9, A.file), mergedAt: '2026-11-01T09:00:00Z' }, merged(2, A.file)]
    expect((await newest({ pulls, comments: [plan(9, 'a'), plan(2, 'a')] })).ofProfile).toBe('#2')
  })

  test('in a file of another name, which it stood in then', async () => {
    const seed = { pulls: [merged(1, A.file)], comments: [plan(1, 'a')] }
    expect((await newest(seed, { file: 'sync-profiles/renamed.yaml' })).ofProfile).toBe('#1')
  })

  test('not in the change of a file that another profile stood in then', async () => {
    const pulls = [merged(1, A.file), merged(2, 'sync-profiles/b.yaml')]
    const comments = [plan(1, 'a', 'b'), plan(2, 'a', 'b')]
    expect((await newest({ pulls, comments }, { file: 'sync-profiles/b.yaml' })).ofProfile).toBe('#1')
  })

  test('under a former name', async () => {
    const seed = { pulls: [merged(1, A.file)], comments: [plan(1, 'a')] }
    expect((await newest(seed, { name: 'new', formerly: ['a'] })).ofProfile).toBe('#1')
  })

  test('however much was merged since', async () => {
    const others = Array.from({ length: 150 }, (_, index) => ({
      ...merged(100 + index, 'README.md'),
      mergedAt: '2026-11-03T09:00:00Z',
    }))
    const seed = { pulls: [merged(1, A.file), ...others], comments: [plan(1, 'a')] }
    expect((await newest(seed)).ofProfile).toBe('#1')
  })

  test('with a token that may not read commits, among the last merges', async () => {
    const permissions = { 'pull-requests': 'read' }
    const seed = { pulls: [merged(1, A.file)], comments: [plan(1, 'a')], token: { permissions } }
    expect((await newest(seed)).ofProfile).toBe('#1')
  })
})

describe('a change of the tenants', () => {
  test('is told when it is newer', async () => {
    const seed = { pulls: [merged(1, A.file), merged(2, TENANTS)], comments: [plan(1, 'a'), plan(2, 'a')] }
    expect(await newest(seed)).toMatchObject({ ofProfile: '#1', ofTenants: '#2' })
  })

  test('is not told when it is older, or one and the same', async () => {
    const older = { pulls: [merged(1, TENANTS), merged(2, A.file)], comments: [plan(1, 'a'), plan(2, 'a')] }
    expect(await newest(older)).toMatchObject({ ofProfile: '#2', ofTenants: undefined })
    const same = { pulls: [merged(1, TENANTS, A.file)], comments: [plan(1, 'a')] }
    expect(await newest(same)).toMatchObject({ ofProfile: '#1', ofTenants: undefined })
  })
})

test('what was merged since is told when it is asked for', async () => {
  const pulls = [merged(1, 'README.md'), merged(2, A.file), merged(3, 'README.md'), merged(4, 'README.md')]
  const { reviews } = await newest({ pulls, comments: [plan(1, 'a'), plan(2, 'a'), plan(3, 'a')] })
  const found = await reviews.newest(A)
  const since = typeof found === 'object' ? await found.since!() : []
  expect(since.map(({ where }) => where)).toEqual(['#3'])
})

test('a push past all pull requests reviews nothing', async () => {
  const { place, reviews } = await newest({ pulls: [merged(1, A.file)], comments: [plan(1, 'a')] })
  push(place.world, 'a fix', undefined, [A.file])
  expect(await reviews.newest(A)).toMatchObject({ ofProfile: { where: '#1' } })
})

describe('nobody knows what was reviewed', () => {
  const others = Array.from({ length: 150 }, (_, index) => ({
    ...merged(100 + index, 'README.md'),
    mergedAt: '2026-11-03T09:00:00Z',
  }))

  test('when the file came by no pull request, and too much was merged to look through', async () => {
    const place = await workplace({ pulls: [merged(1, A.file), ...others], comments: [plan(1, 'a')] })
    push(place.world, 'a new name', undefined, ['sync-profiles/renamed.yaml'])
    const { run } = place.job({ event: 'schedule' })
    const reviews = reviewsIn(place.client, { ...run, id: 'default', tenantsFile: TENANTS })
    expect(await reviews.newest({ ...A, file: 'sync-profiles/renamed.yaml' })).toBe(
      'No review of a is found.',
    )
  })

  test('but a file that a pull request brought, without a plan, was never reviewed', async () => {
    expect(await newest({ pulls: [merged(1, A.file), ...others] })).toMatchObject({ ofProfile: undefined })
  })

  test('when the plan of its newest change may have been changed by somebody else', async () => {
    const pulls = [merged(1, A.file), merged(2, A.file)]
    const comments = [plan(1, 'a'), { ...plan(2, 'a'), editedBy: 'mona' }]
    expect(await newest({ pulls, comments })).toMatchObject({
      why: 'The plan in #2 was last edited by somebody else.',
    })
  })
})

describe('a run is outdated', () => {
  async function outdated(more: (place: Awaited<ReturnType<typeof workplace>>) => void) {
    const place = await workplace({
      pulls: [
        { number: 7, files: [A.file] },
        { number: 8, files: ['README.md'] },
      ],
    })
    merge(place.world, 7, { by: 'mona' })
    const { run } = place.job({ event: 'push' })
    const later = new Date(Date.now() + 60_000)
    place.world.now = () => later
    more(place)
    return reviewsIn(place.client, { ...run, id: 'default', tenantsFile: TENANTS }).isOutdated(A)
  }

  test('by its own file alone, be there spaces in its path', async () => {
    const place = await workplace({ pulls: [{ number: 7, files: ['sync profiles/a.yaml'] }] })
    merge(place.world, 7, { by: 'mona' })
    const { run } = place.job({ event: 'push' })
    const later = new Date(Date.now() + 60_000)
    place.world.now = () => later
    push(place.world, 'another', undefined, ['sync profiles/b.yaml'])
    const isOutdated = (file: string) =>
      reviewsIn(place.client, { ...run, id: 'default', tenantsFile: TENANTS }).isOutdated({ ...A, file })
    expect(await isOutdated('sync profiles/a.yaml')).toBe(false)
    expect(await isOutdated('sync profiles/b.yaml')).toBe(true)
  })

  test.each<[string, (place: Awaited<ReturnType<typeof workplace>>) => void, boolean]>([
    ['not at the newest commit', () => undefined, false],
    ['not by a later merge of something else', ({ world }) => void merge(world, 8, { by: 'mona' }), false],
    ['by a later push of its file', ({ world }) => void push(world, 'pause', undefined, [A.file]), true],
    [
      'by a later push of a file that it is read with',
      ({ world }) => void push(world, 'people', undefined, A.files),
      true,
    ],
    ['by a later push of the tenants', ({ world }) => void push(world, 'apps', undefined, [TENANTS]), true],
  ])('%s', async (_, more, expected) => expect(await outdated(more)).toBe(expected))
})

test('each pull request is asked about once', async () => {
  const { place, reviews } = await newest({
    pulls: [merged(1, A.file, TENANTS)],
    comments: [plan(1, 'a', 'b')],
  })
  await reviews.newest({ ...A, name: 'b' })
  const asked = place.requests.filter(({ method }) => method === 'GET').map(({ operation }) => operation)
  for (const what of ['/files', '/comments'])
    expect(asked.filter((one) => one.endsWith(what))).toHaveLength(1)
})
