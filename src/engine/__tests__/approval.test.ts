import { describe, expect, test } from '@jest/globals'
import { approvalOfMerge, standingApproval, type Approval, type FoundReview } from '../approval.ts'
import type { Task } from '../planning.ts'
import { OLD, NEW, planned, reviewed, UNTOLD, past, withoutSettings, merge } from './reviews.ts'

const whereOf = (approval: Approval) =>
  typeof approval === 'object' && 'where' in approval ? approval.where : approval
const why = (approval: Approval) =>
  (approval as { refused: { code: string; message: string } }).refused.message

describe('after a merge a profile is approved', () => {
  test('by its own review', async () => {
    const own = await reviewed('#7')
    expect(whereOf(await approvalOfMerge(await planned(), merge({ own, requirePlan: true })))).toBe('#7')
  })

  test('by whichever of the changes that were merged together saw it', async () => {
    const own = [await reviewed('#8', OLD), await reviewed('#7', NEW)]
    expect(whereOf(await approvalOfMerge(await planned(), { ...merge({}), own }))).toBe('#7')
  })

  test('by the review of the change that was merged while this one waited', async () => {
    const found = merge({ own: await reviewed('#7', OLD), newest: { ofProfile: await reviewed('#6', NEW) } })
    expect(whereOf(await approvalOfMerge(await planned(), found))).toBe('#6')
  })

  test('by no old review of it, though it is as it was then: deletions are held', async () => {
    const own = await reviewed('#7', { ...NEW, name: 'another' })
    const found = merge({ own, newest: { ofProfile: await reviewed('#2') } })
    expect(await approvalOfMerge(await planned(), found)).toBe('nobody')
  })

  test('by nobody where nobody tells whether it changed again', async () => {
    const own = [await reviewed('#7')]
    const found = { ...UNTOLD, isOutdated: () => Promise.resolve(undefined), own, requirePlan: false }
    expect(await approvalOfMerge(await planned(), found)).toBe('nobody')
    expect(
      await standingApproval(await planned(), { ...found, ...past({}), isOutdated: found.isOutdated }),
    ).toBe('nobody')
  })

  test('by a review of it elsewhere, when its own saw nothing of it', async () => {
    const own = await reviewed('#7', { ...NEW, name: 'another' })
    const found = merge({ own, newest: { ofProfile: await reviewed('#6') } })
    expect(whereOf(await approvalOfMerge(await planned(), found))).toBe('#6')
  })

  test('by nobody when its own saw nothing of it, and nothing of it changed', async () => {
    const own = await reviewed('#7', { ...NEW, name: 'another' })
    expect(await approvalOfMerge(await planned(), merge({ own }))).toBe('nobody')
  })

  test('by nobody without a review of the change, whatever others were', async () => {
    expect(
      await approvalOfMerge(await planned(), merge({ newest: { ofProfile: await reviewed('#6', OLD) } })),
    ).toBe('nobody')
  })
})

describe('after a merge a profile is refused', () => {
  test('when it is not the one that was reviewed: what changed is named', async () => {
    const found = merge({
      own: await reviewed('#7', OLD),
      newest: { ofProfile: await reviewed('#6', { digest: 'sha256:other' }) },
    })
    const refused = await approvalOfMerge(await planned(), found)
    expect(refused).toMatchObject({ refused: { code: 'not-as-reviewed' }, against: { where: '#7' } })
    expect(why(refused)).toBe('Changed since the review in #7: from.groups.')
  })

  test('when it changed again since the commit of the run, whoever reviewed it', async () => {
    for (const own of [[await reviewed('#7')], []])
      expect(
        await approvalOfMerge(await planned(), { ...past({}, true), own, requirePlan: false }),
      ).toMatchObject({
        refused: { code: 'outdated' },
      })
    expect(await standingApproval(await planned(), past({}, true))).toMatchObject({
      refused: { code: 'outdated' },
    })
  })

  test('when only another change saw it, and saw it otherwise', async () => {
    const own = await reviewed('#7', { ...NEW, name: 'another' })
    const refused = await approvalOfMerge(
      await planned(),
      merge({ own, newest: { ofProfile: await reviewed('#6', OLD) } }),
    )
    expect(why(refused)).toBe('Changed since the review in #6: from.groups.')
  })

  test('when nobody tells of other reviews', async () => {
    const own = [await reviewed('#7', OLD)]
    const found = { ...UNTOLD, own, requirePlan: false }
    expect(why(await approvalOfMerge(await planned(), found))).toContain('from.groups')
  })

  test('when its file was changed, and nobody saw it', async () => {
    const own = await reviewed('#7', { ...NEW, name: 'another' })
    const found = merge({ own, newest: { ofProfile: own } })
    expect(why(await approvalOfMerge(await planned(), found))).toBe(
      'Not among the profiles of the review in #7.',
    )
    const untold = { ...UNTOLD, own: [own], requirePlan: false }
    expect(why(await approvalOfMerge(await planned(), untold))).toBe(
      'Not among the profiles of the review in #7.',
    )
  })

  test('with the first eight settings named', async () => {
    const settings = Object.fromEntries(Array.from('abcdefghijk', (name) => [name, 1]))
    const own = await reviewed('#7', { digest: 'sha256:old', settings: { k: 1 } })
    const refused = await approvalOfMerge(await planned({ digest: 'sha256:new', settings }), merge({ own }))
    expect(why(refused)).toBe('Changed since the review in #7: a, b, c, d, e, f, g, h and 2 more.')
  })

  test.each([
    ['kept no settings', withoutSettings],
    ['shows no difference in any', (one: FoundReview['profiles'][number]) => one],
  ])('without a name when the review %s', async (_, kept) => {
    const own = await reviewed('#7', { digest: 'sha256:old', settings: NEW.settings })
    const found = merge({ own: { ...own, profiles: own.profiles.map(kept) } })
    expect(why(await approvalOfMerge(await planned(), found))).toBe(
      'Changed since the review in #7: the profile or its tenants.',
    )
  })

  test('without a review where one is required, if there is anything to write', async () => {
    const refused = await approvalOfMerge(await planned(), merge({ requirePlan: true }))
    expect(refused).toMatchObject({ refused: { code: 'no-reviewed-plan' } })
    const idle = await planned(NEW, { proposed: [] })
    expect(await approvalOfMerge(idle, merge({ requirePlan: true }))).toBe('nobody')
  })
})

describe('on a schedule', () => {
  const tenants = (name: string) => ({ tenants: { fabrikam: { clientId: name } } })
  const saw = (digest: string, app: string) => ({ digest, settings: { ...NEW.settings, ...tenants(app) } })
  const now = saw('sha256:new', 'app')

  test.each<[string, { ofProfile?: Partial<Task>; ofTenants?: Partial<Task> }, string]>([
    ['limits decide where nobody ever reviewed', {}, 'limits'],
    ['limits decide when the newest review saw this profile', { ofProfile: now }, 'limits'],
    ['a profile is refused that its newest review saw otherwise', { ofProfile: OLD }, 'not-as-reviewed'],
    ['a newer change of its tenants decides', { ofProfile: OLD, ofTenants: now }, 'limits'],
    [
      'a newer change of its tenants decides, also when they were put back',
      { ofProfile: now, ofTenants: saw('sha256:old', 'another app') },
      'not-as-reviewed',
    ],
    [
      'a newer change of other tenants, planned before the profile was changed, decides nothing',
      { ofProfile: now, ofTenants: saw('sha256:old', 'app') },
      'limits',
    ],
    ['a change of tenants decides where none of the profile is known', { ofTenants: OLD }, 'not-as-reviewed'],
    [
      'a profile is refused that nobody saw when its file was changed',
      { ofProfile: { ...OLD, name: 'another' } },
      'not-as-reviewed',
    ],
    [
      'a change of the tenants that saw nothing of it decides nothing',
      { ofTenants: { ...OLD, name: 'another' } },
      'limits',
    ],
  ])('%s', async (_, { ofProfile, ofTenants }, expected) => {
    const newest = {
      ...(ofProfile && { ofProfile: await reviewed('#6', ofProfile) }),
      ...(ofTenants && { ofTenants: await reviewed('#7', ofTenants) }),
    }
    const approval = await standingApproval(await planned(now), past(newest))
    expect(typeof approval === 'object' && 'refused' in approval ? approval.refused.code : approval).toBe(
      expected,
    )
  })

  test('what was merged since, and saw this profile, approves it', async () => {
    const saw = async (as: Partial<Task>) => {
      const later = await reviewed('#8', as)
      const found = { ofProfile: await reviewed('#6', OLD), since: () => Promise.resolve([later]) }
      return standingApproval(await planned(), past(found))
    }
    expect(await saw(NEW)).toBe('limits')
    expect(await saw(OLD)).toMatchObject({ against: { where: '#6' } })
    expect(await saw({ ...NEW, name: 'another' })).toMatchObject({ against: { where: '#6' } })
  })

  test('nobody is deleted where nobody tells what was reviewed', async () => {
    expect(await standingApproval(await planned(), UNTOLD)).toBe('nobody')
  })

  test('of what kept no settings, the newest decides', async () => {
    const { profiles, ...review } = await reviewed('#7', OLD)
    const ofTenants = { ...review, profiles: profiles.map(withoutSettings) }
    const newest = { ofProfile: await reviewed('#6', NEW), ofTenants }
    const approval = await standingApproval(await planned(), past(newest))
    expect(approval).toMatchObject({ against: { where: '#7' } })
  })

  test('a profile is known by its former names', async () => {
    const newest = { ofProfile: await reviewed('#6', { ...NEW, name: 'staff' }) }
    const renamed = await planned({ ...NEW, digest: 'sha256:renamed', formerly: ['colleagues', 'staff'] })
    expect(await standingApproval(renamed, past(newest))).toMatchObject({
      refused: { code: 'not-as-reviewed' },
    })
  })
})
