import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Kind } from '../kind.ts'
import type { Health } from '../plan.ts'
import { failing, proposed, type Target } from './memory.ts'
import { Run } from './run.ts'

const WORKS: Health = { what: 'provisioning', key: 'ada', state: 'ok', message: 'Success' }
const SKIPPED: Health = { what: 'provisioning', key: 'bob', state: 'warning', message: 'not in scope' }
const FAILED: Health = { what: 'provisioning', key: 'eve', state: 'error', message: 'address taken' }

let run: Run
beforeEach(() => {
  run = new Run()
})

/** Trying finds this. */
const finding = (found: readonly Health[]) => verifying(() => Promise.resolve(found))
const verifying = (verify: NonNullable<Kind<unknown, Target>['verify']>) => ({
  proposed: [proposed('create', 'ada')],
  verify,
})

describe('what an apply wrote is tried', () => {
  test('with the connection it was written through, and told beside the plan’s health', async () => {
    const seen: unknown[] = []
    const { result } = await run.apply({
      ...verifying((_, target) => {
        seen.push([...target.keys()])
        return Promise.resolve([WORKS, SKIPPED])
      }),
      health: [FAILED],
    })
    expect(seen).toEqual([['ada']])
    expect(result.outcome).toBe('applied')
    expect(result.plan.profiles[0]!.health).toEqual([FAILED, WORKS, SKIPPED])
  })

  test('is `partial` when something fails, with all that was found', async () => {
    const { result, profile } = await run.apply(finding([WORKS, FAILED]))
    expect(profile).toMatchObject({
      outcome: 'partial',
      done: { create: 1 },
      errors: [{ code: 'verification-failed', message: 'Of 2 verified, 1 failed.' }],
    })
    expect(result.plan.profiles[0]!.health).toEqual([WORKS, FAILED])
  })

  test('is `partial` when it cannot be tried', async () => {
    const { profile } = await run.apply(verifying(() => Promise.reject(new Error('no answer'))))
    expect(profile).toMatchObject({ outcome: 'partial', errors: [{ message: 'no answer' }] })
  })

  test('journals what trying writes', async () => {
    await run.apply(
      verifying(async (_, _target, recorder) => {
        await recorder({ object: 'provisioning', key: 'ada' }).write({ action: 'update', fields: [] }, () =>
          Promise.resolve({ status: 200, attempt: 1 }),
        )
        return [WORKS]
      }),
    )
    expect(run.journalled().at(-1)).toMatchObject({
      phase: 'after',
      object: 'provisioning',
      key: 'ada',
      status: 200,
    })
  })

  test('not when nothing was written, or something is left undone', async () => {
    const verify = () => Promise.reject(new Error('tried all the same'))
    const nothing = await run.apply({ proposed: [], verify })
    expect(nothing.profile).toMatchObject({ outcome: 'no-changes', errors: [] })
    const failed = await run.apply({
      proposed: [proposed('create', 'ada'), failing('poison', new Error('refused'))],
      verify,
    })
    expect(failed.profile).toMatchObject({ outcome: 'partial', errors: [] })
  })

  test('when some of it is held, but not when all is', async () => {
    const some = await run.apply(
      {
        proposed: [proposed('create', 'ada'), proposed('delete', 'bob')],
        verify: () => Promise.resolve([WORKS]),
      },
      { approvalOf: () => 'nobody' },
    )
    expect(some.result.plan.profiles[0]!.health).toEqual([WORKS])
    const all = await run.apply(
      { proposed: [proposed('delete', 'bob')], verify: () => Promise.resolve([WORKS]) },
      { approvalOf: () => 'nobody' },
    )
    expect(all.result.plan.profiles[0]!.health).toEqual([])
  })
})
