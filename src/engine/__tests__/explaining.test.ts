import { describe, expect, test } from '@jest/globals'
import type { Explanation, Standing } from '../explanation.ts'
import { explainAll } from '../explaining.ts'
import type { RunContext } from '../kind.ts'
import type { Task } from '../planning.ts'
import { change, failing, mailboxes, proposed, shared, task, type Script } from './memory.ts'

const context: RunContext = { now: new Date('2026-11-21T09:00:00Z'), profileNames: new Set(['people']) }

/** A profile whose kind tells this of `ada`, beside what it proposes. */
function telling(script: Script, told: Partial<Explanation> = {}, over: Partial<Task> = {}): Task {
  const plain = task(script, undefined, over)
  return {
    ...plain,
    kind: {
      ...plain.kind,
      explain: async (profile, address, given) => ({
        verdict: 'included',
        reasons: [{ code: 'in-scope', message: `${address} is in scope` }],
        ...(told.verdict !== 'unknown' && { key: 'ada', label: 'Ada' }),
        standing: [],
        proposal: await plain.kind.propose(profile, given),
        ...told,
      }),
    },
  }
}

const explain = async (...tasks: Task[]) => explainAll(tasks, 'ada', context)
const skip = (key: string) => ({
  key,
  label: key.toUpperCase(),
  reason: 'no-mail-address',
  detail: 'has none',
})

describe('one person', () => {
  test('is told of with the reasons, and with their changes of the plan alone', async () => {
    const script: Script = { proposed: [proposed('update', 'bob'), proposed('update', 'ada')] }
    expect(await explain(telling(script))).toEqual([
      {
        name: 'people',
        kind: 'mail-contacts',
        file: 'sync-profiles/people.yaml',
        from: ['fabrikam'],
        to: 'contoso',
        state: 'present',
        verdict: 'included',
        reasons: [{ code: 'in-scope', message: 'ada is in scope' }],
        key: 'ada',
        label: 'Ada',
        standing: [],
        changes: [proposed('update', 'ada').change],
        mailboxSets: [],
        limits: [],
        errors: [],
      },
    ])
  })

  test('is skipped when the plan skips them, whatever the sources say', async () => {
    expect(await explain(telling({ proposed: [], skipped: [skip('ada'), skip('bob')] }))).toMatchObject([
      {
        verdict: 'skipped',
        reasons: [
          { code: 'in-scope' },
          {
            code: 'no-mail-address',
            message: 'skipped as no-mail-address: has none',
            advice: 'skipped as no-mail-address',
          },
        ],
      },
    ])
  })

  test('who is not included stays so, though the plan keeps an object of theirs', async () => {
    const told = { verdict: 'not-included' } as const
    expect(await explain(telling({ proposed: [], skipped: [skip('ada')] }, told))).toMatchObject([
      { verdict: 'not-included' },
    ])
  })

  test('who is not known is told of by what stands in the target', async () => {
    const removal = proposed('delete', 'gone')
    const deletion = { ...removal, change: { ...removal.change, targetId: 'g1' } }
    const other = {
      ...proposed('delete', 'else'),
      change: { ...removal.change, key: 'else', targetId: 'g2' },
    }
    const replacing = proposed('create', 'cyd', {
      change: change('create', 'cyd', {
        removes: [{ object: 'mail-contact', targetId: 'g3', label: 'Cyd' }],
      }),
    })
    const script: Script = {
      proposed: [deletion, other, proposed('update', 'bob'), replacing],
      skipped: [skip('gone'), skip('cyd')],
    }
    const by = async (...standing: Pick<Standing, 'key' | 'targetId'>[]) => {
      const told = standing.map((one) => ({ object: 'mail-contact', whose: '', attributes: {}, ...one }))
      const [answer] = await explain(telling(script, { verdict: 'unknown', reasons: [], standing: told }))
      return { ...answer!, keys: answer!.changes.map(({ key }) => key) }
    }
    expect(await by({ targetId: 'g2' })).toMatchObject({ verdict: 'unknown', keys: ['else'] })
    expect(await by({ targetId: 'g3' })).toMatchObject({ keys: ['cyd'] })
    expect(await by({ key: 'gone' })).toMatchObject({
      keys: ['gone'],
      reasons: [{ message: 'GONE: skipped as no-mail-address: has none' }],
    })
    expect(await by()).toMatchObject({ keys: [], reasons: [] })
    expect(await by({})).not.toHaveProperty('key')
  })

  test('is skipped when another profile of the run makes the same object first', async () => {
    const script: Script = { proposed: [proposed('create', 'ada', { exclusive: 'ada@contoso' })] }
    const answers = await explain(telling(script, {}, { name: 'first' }), telling(script))
    expect(answers.map(({ verdict, changes }) => [verdict, changes.length])).toEqual([
      ['included', 1],
      ['skipped', 0],
    ])
  })

  test('is told of with the mailboxes that share the changes, and with no others', async () => {
    const script: Script = {
      proposed: [shared('create', 'ada', mailboxes('b', 'c')), shared('create', 'bob', mailboxes('a'))],
    }
    const [answer] = await explain(telling(script))
    expect(answer!.mailboxSets).toEqual([{ id: answer!.changes[0]!.mailboxSet, mailboxes: ['b', 'c'] }])
  })
})

describe('a profile', () => {
  const nothing = { reasons: [], standing: [], changes: [], mailboxSets: [] }

  test('of a kind that is about no people says so, and is not planned', async () => {
    expect(await explain(task({ proposed: [], fails: new Error('asked') }))).toMatchObject([
      { ...nothing, verdict: 'no-people', errors: [] },
    ])
  })

  test('that is paused says so', async () => {
    expect(await explain(telling({ proposed: [] }, {}, { state: 'paused' }))).toMatchObject([
      { ...nothing, state: 'paused', verdict: 'paused' },
    ])
  })

  test('that fails takes no other with it', async () => {
    const broken = telling({ proposed: [], fails: new Error('no such group') }, {}, { name: 'broken' })
    expect(await explain(broken, telling({ proposed: [] }))).toMatchObject([
      { ...nothing, verdict: 'failed', errors: [{ message: 'no such group' }] },
      { verdict: 'included', errors: [] },
    ])
  })

  test('over a limit is told with it', async () => {
    const script: Script = {
      proposed: Array.from({ length: 11 }, (_, index) => proposed('delete', `${index}`)),
    }
    expect(await explain(telling(script))).toMatchObject([{ limits: [{ limit: 'deletes', count: 11 }] }])
  })

  test('is never written', async () => {
    const script: Script = {
      proposed: [failing('ada', new Error('written'))],
      connectFails: new Error('connected'),
    }
    expect(await explain(telling(script))).toMatchObject([{ verdict: 'included', changes: [{ key: 'ada' }] }])
  })
})
