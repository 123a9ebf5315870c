import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { planAll } from '../planning.ts'
import type { RunContext } from '../kind.ts'
import type { Health } from '../plan.ts'
import { change, proposed, task } from './memory.ts'

const context: RunContext = { now: new Date('2026-11-21T09:00:00Z'), profileNames: new Set(['people']) }

describe('a plan', () => {
  test('stands in one order, however the kind proposed it', async () => {
    const changes = [
      proposed('delete', 'b'),
      proposed('create', 'b'),
      proposed('update', 'a'),
      proposed('create', 'a'),
    ]
    const { plan } = await planAll([task({ proposed: changes })], context)
    expect(plan.profiles[0]!.changes.map(({ action, key }) => `${action} ${key}`)).toEqual([
      'create a',
      'create b',
      'update a',
      'delete b',
    ])
  })

  test('tells apart changes of one key by object and target, and skipped people by reason', async () => {
    const of = (object: string, targetId?: string) => {
      const one = proposed('delete', 'a')
      return { ...one, change: { ...one.change, object, ...(targetId !== undefined && { targetId }) } }
    }
    const skip = (key: string, reason: string) => ({ key, label: key, reason, detail: '' })
    const { plan } = await planAll(
      [
        task({
          proposed: [of('contact'), of('folder'), of('contact', '2'), of('contact', '1'), of('contact')],
          skipped: [skip('b', 'no-mail-address'), skip('a', 'hidden'), skip('a', 'address-taken')],
        }),
      ],
      context,
    )
    expect(plan.profiles[0]!.changes.map(({ object, targetId = '' }) => object + targetId)).toEqual([
      'contact',
      'contact',
      'contact1',
      'contact2',
      'folder',
    ])
    expect(plan.profiles[0]!.skipped.map(({ key, reason }) => `${key} ${reason}`)).toEqual([
      'a address-taken',
      'a hidden',
      'b no-mail-address',
    ])
  })

  test('counts what it holds', async () => {
    const changes = [
      proposed('create', 'a'),
      proposed('update', 'b'),
      proposed('update', 'c'),
      proposed('delete', 'd'),
    ]
    const { plan } = await planAll([task({ proposed: changes })], context)
    expect(plan.profiles[0]).toMatchObject({
      outcome: 'planned',
      counts: { create: 1, update: 2, delete: 1, unchanged: 7, skipped: 0, held: 0 },
      counted: { creates: 1, updates: 2, deletes: 1 },
      allowed: { creates: 50, updates: 100, deletes: 10 },
    })
  })

  test('is `no-changes` when there is nothing to do', async () => {
    const { plan } = await planAll([task({ proposed: [] })], context)
    expect(plan.profiles[0]!.outcome).toBe('no-changes')
  })

  test('over a limit is `blocked`, and shown whole', async () => {
    const changes = Array.from({ length: 11 }, (_, index) => proposed('delete', String(index)))
    const { plan } = await planAll([task({ proposed: changes })], context)
    expect(plan.profiles[0]).toMatchObject({
      outcome: 'blocked',
      limits: [{ limit: 'deletes', count: 11, allowed: 10 }],
    })
    expect(plan.profiles[0]!.changes).toHaveLength(11)
  })

  test('counts a change against the limit it names, not against its action', async () => {
    const hides = Array.from({ length: 11 }, (_, index) =>
      proposed('update', String(index), { countsAs: 'deletes' }),
    )
    const { plan } = await planAll([task({ proposed: hides })], context)
    expect(plan.profiles[0]!.limits).toMatchObject([{ limit: 'deletes' }])
  })

  test('counts an object as the people it stands for, and as one object', async () => {
    const group = proposed('delete', 'a group', { people: 11 })
    const { plan } = await planAll([task({ proposed: [group], managed: 100 })], context)
    expect(plan.profiles[0]).toMatchObject({
      counts: { delete: 1 },
      counted: { deletes: 11 },
      limits: [{ limit: 'deletes', count: 11, allowed: 10 }],
    })
  })

  test('does not count configuration objects', async () => {
    const { countsAs: _, ...configuration } = proposed('delete', 'policy')
    const { plan } = await planAll([task({ proposed: [configuration] })], context)
    expect(plan.profiles[0]!.counted.deletes).toBe(0)
  })
})

test('what one change alone may make is the first profile’s; the other skips the person', async () => {
  const of = (name: string) =>
    task({ proposed: [proposed('create', 'ada', { exclusive: 'contoso ada@fabrikam.com' })] }, new Map(), {
      name,
    })
  const { plan } = await planAll([of('first'), of('second')], context)
  expect(plan.profiles.map(({ counts }) => counts.create)).toEqual([1, 0])
  expect(plan.profiles[1]!.skipped).toEqual([
    {
      key: 'ada',
      label: 'ada',
      reason: 'address-taken',
      detail: 'profile first of this run plans it already',
    },
  ])
})

describe('a profile that fails', () => {
  test('stands with its error, and takes nobody with it', async () => {
    const refused = Object.assign(new Error('no right to read'), { code: 'Authorization_RequestDenied' })
    const { plan } = await planAll(
      [
        task({ proposed: [], fails: refused }),
        task({ proposed: [proposed('create', 'a')] }, new Map(), { name: 'other' }),
      ],
      context,
    )
    expect(plan.profiles.map(({ outcome }) => outcome)).toEqual(['failed', 'planned'])
    expect(plan.profiles[0]!.errors).toEqual([
      { code: 'Authorization_RequestDenied', message: 'no right to read' },
    ])
  })
})

test('a paused profile is not read', async () => {
  const { plan } = await planAll(
    [
      task({ proposed: [], fails: new Error('it was read') }, new Map(), {
        state: 'paused',
        description: 'later',
      }),
    ],
    context,
  )
  expect(plan.profiles[0]).toMatchObject({
    outcome: 'no-changes',
    description: 'later',
    warnings: [{ code: 'paused' }],
  })
})

describe('the digest of a plan', () => {
  const digest = async (keys: readonly string[], over: Partial<RunContext> = {}) =>
    (await planAll([task({ proposed: keys.map((key) => proposed('create', key)) })], { ...context, ...over }))
      .plan.digest

  test('is the same at any time', async () => {
    expect(await digest(['a'], { now: new Date('2027-06-01T00:00:00Z') })).toBe(await digest(['a']))
  })

  test('is the same in any order of arrival, and another for other content', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.string(), { minLength: 1 }), async (keys) => {
        expect(await digest(keys.toReversed())).toBe(await digest(keys))
        expect(await digest(keys.slice(1))).not.toBe(await digest(keys))
      }),
    )
  })

  test('takes the code of an error, not its text', async () => {
    const failed = async (message: string) =>
      (
        await planAll(
          [task({ proposed: [], fails: Object.assign(new Error(message), { code: 'no-answer' }) })],
          context,
        )
      ).plan.digest
    expect(await failed('request 1')).toBe(await failed('request 2'))
  })

  test('takes a change, not the script for it: what can be written differs between machines', async () => {
    const scripted = async (manual: string) =>
      (
        await planAll(
          [task({ proposed: [{ ...proposed('create', 'a'), change: change('create', 'a', { manual }) }] })],
          context,
        )
      ).plan
    expect((await scripted('New-MailUser')).digest).toBe(await digest(['a']))
    expect((await scripted('New-MailUser')).profiles[0]!.changes[0]!.manual).toBe('New-MailUser')
  })

  test('takes nothing of how things stand', async () => {
    const standing = async (count: number) => {
      const progress = { states: [{ name: 'Synced', count }], percent: count }
      const batch: Health = { what: 'batch', key: 'wave-1', state: 'ok', message: '', progress }
      return (await planAll([task({ proposed: [], health: [batch] })], context)).plan.digest
    }
    expect(await standing(1)).toBe(await standing(2))
  })
})

test('what an error may tell anybody stands apart from the rest', async () => {
  const refused = Object.assign(new Error('Ada has no right'), {
    code: 'denied',
    advice: 'grant User.Read.All',
  })
  const { plan } = await planAll([task({ proposed: [], fails: refused })], context)
  expect(plan.profiles[0]!.errors).toEqual([
    { code: 'denied', message: 'Ada has no right', advice: 'grant User.Read.All' },
  ])
})

test('an error without a code is unexpected', async () => {
  const { plan } = await planAll([task({ proposed: [], fails: new Error('a mistake of ours') })], context)
  expect(plan.profiles[0]!.errors).toEqual([{ code: 'unexpected', message: 'a mistake of ours' }])
})

test('an error that is none still has words', async () => {
  const thrown = 'a text' as unknown as Error
  const { plan } = await planAll([task({ proposed: [], fails: thrown })], context)
  expect(plan.profiles[0]!.errors).toEqual([{ code: 'unexpected', message: 'a text' }])
})

test('an error about what stands somewhere in a profile says where', async () => {
  const path = ['from', 0, 'where']
  const about = (more: object) => Object.assign(new Error('It is untrue.'), { code: 'untrue', path, ...more })
  const failed = async (error: Error, placed = true) => {
    const place = (at: readonly unknown[]) => `sync-profiles/a.yaml:${at.length}:7`
    const one = { ...task({ proposed: [], fails: error }), ...(placed && { place }) }
    return (await planAll([one], context)).plan.profiles[0]!.errors
  }
  expect(await failed(about({}))).toEqual([
    { code: 'untrue', message: 'sync-profiles/a.yaml:3:7 It is untrue.' },
  ])
  expect(await failed(about({ advice: 'Something is.' }))).toEqual([
    {
      code: 'untrue',
      message: 'sync-profiles/a.yaml:3:7 It is untrue.',
      advice: 'sync-profiles/a.yaml:3:7 Something is.',
    },
  ])
  expect(await failed(about({}), false)).toEqual([{ code: 'untrue', message: 'It is untrue.' }])
  expect(await failed(about({ path: '/etc/passwd' }))).toEqual([{ code: 'untrue', message: 'It is untrue.' }])
})
