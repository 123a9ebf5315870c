import { describe, expect, test } from '@jest/globals'
import type { Plan } from '../../../engine/plan.ts'
import type { Result } from '../../../engine/result.ts'
import { workplace, writesOf } from '../../../github/__tests__/workplace.ts'
import { UNHEALTHY, UNHEALTHY_RESULT } from '../../../report/__tests__/provisioning.ts'
import { NOTHING } from '../../../report/__tests__/sample.ts'
import { keepAttention } from '../attention.ts'
import type { Job } from '../job.ts'

async function scheduled() {
  const place = await workplace()
  const { run } = place.job({ event: 'schedule' })
  return {
    place,
    issues: () => place.world.github.issues.map(({ body, state }) => ({ body, state })),
    keep: (of: Plan | Result, only: readonly string[] = []) =>
      keepAttention(
        { client: place.client, run, inputs: { only }, detail: 'masked' } as unknown as Job,
        of,
        'no-changes',
      ),
  }
}

describe('a run on a schedule in which nothing went wrong', () => {
  test.each<[string, Plan | Result]>([
    ['a plan', UNHEALTHY],
    ['an apply', UNHEALTHY_RESULT],
  ])('opens the issue for what is unhealthy, and closes it when that is over: %s', async (_, unhealthy) => {
    const { issues, keep } = await scheduled()
    await keep(unhealthy)
    expect(issues()).toEqual([{ body: expect.stringContaining('1 profile unhealthy'), state: 'open' }])
    await keep(NOTHING, ['fabrikam-in-contoso'])
    expect(issues()).toMatchObject([{ state: 'open' }])
    await keep(NOTHING)
    expect(issues()).toMatchObject([{ state: 'closed' }])
  })

  test('opens none for a warning', async () => {
    const { place, keep } = await scheduled()
    const warned = UNHEALTHY.profiles.map((profile) => ({
      ...profile,
      health: profile.health.filter(({ state }) => state !== 'error'),
    }))
    await keep({ ...UNHEALTHY, profiles: warned })
    expect(writesOf(place)).toEqual([])
  })
})
