/**
 * The secret of the migration application, with the runner's and GitHub's debugging switched on: whatever PowerShell
 * and Exchange say back, it stands in nothing that a run leaves, not even in what stays on the runner.
 */
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Runner } from '../../src/simulator/github/runner.ts'
import { ADA, GROUP, SECRET } from '../mailbox-migration/migrating.ts'
import { CONTOSO, FABRIKAM } from '../people.ts'
import { recorded, standIn, type Play } from '../pwsh/stand-in.ts'
import { Repository } from '../review/repository.ts'
import { appsOf, PROFILE } from './mailbox-migration.ts'
import { placesOf } from './places.ts'

let repository: Repository
afterEach(() => repository.stop())

async function start(profile = PROFILE): Promise<void> {
  repository = await Repository.start({
    users: [ADA],
    contacts: [],
    profile,
    fabrikam: {
      apps: appsOf(FABRIKAM),
      groups: [
        {
          displayName: GROUP,
          mail: 'migrating@fabrikam.com',
          securityEnabled: true,
          members: [ADA.userPrincipalName],
        },
      ],
    },
    contoso: { apps: appsOf(CONTOSO) },
  })
}
const recordsOf = () => repository.tenants.path('pwsh.ndjson')

const escaped = (text: string) => JSON.stringify(text).slice(1, -1)
const inHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/** As it is, and as one form or another carries it. */
const formsOf = (secret: string) => [
  ...new Set([
    secret,
    escaped(secret),
    escaped(escaped(secret)),
    inHtml(secret),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ]),
]

/** What stays on the runner, besides what readers see. */
const KEPT = ['plan-path', 'removed-path']

/** @returns every place in which one of the secrets stands. */
async function run(
  event: string,
  {
    plays,
    secret = SECRET,
    others = () => [],
  }: { plays?: Play; secret?: string; others?: () => string[] } = {},
) {
  const runner = repository.job({ event, pull: 7, inputs: { detail: 'full' } })
  const env = {
    ...runner.env,
    ...standIn({ records: recordsOf(), ...(plays && { plays }) }),
    MIGRATION_APP_SECRET: secret,
    RUNNER_DEBUG: '1',
    ACTIONS_STEP_DEBUG: 'true',
    ACTIONS_RUNNER_DEBUG: 'true',
  }
  const finished = await repository.run({ ...runner, env } as Runner)
  const kept = KEPT.flatMap((name) => {
    const path = finished.outputs[name]
    return path === undefined ? [] : [[name, readFileSync(path, 'utf8')] as const]
  })
  const places = [...placesOf(finished, repository.github), ...kept]
  const forms = [secret, ...others()].flatMap(formsOf)
  return {
    outcome: finished.outputs['outcome'],
    leaks: places.filter(([, text]) => forms.some((form) => text.includes(form))).map(([place]) => place),
    looked: places.map(([place]) => place),
    log: places.find(([place]) => place === 'log')![1],
  }
}

/** The passwords of mail users that PowerShell was given, and its access tokens. */
const given = (): string[] =>
  recorded(recordsOf()).flatMap(({ input }) => {
    const { accessToken, secure } = JSON.parse(input) as {
      accessToken: string
      secure: { Password?: string }
    }
    return [accessToken, ...(secure.Password === undefined ? [] : [secure.Password])]
  })

describe('the secret stands nowhere', () => {
  test('after a plan', async () => {
    await start()
    expect(await run('pull_request')).toMatchObject({ leaks: [], outcome: 'planned' })
  })

  test('after all is made, in any file of the run either', async () => {
    await start()
    const { looked, ...ended } = await run('schedule', { others: given })
    expect(ended).toMatchObject({ leaks: [], outcome: 'applied' })
    expect(looked).toEqual(
      expect.arrayContaining(['log', 'outputs', 'summary', 'report-path', 'journal-path', 'plan-path']),
    )
    // It did go where it was to go.
    expect(recorded(recordsOf()).some(({ input }) => input.includes(escaped(SECRET)))).toBe(true)
    const { values } = repository.tenants.simulator.world.tenants
      .get('contoso')!
      .migration.endpoints.find('fabrikam-to-contoso')!
    expect(values.credential?.[1]).toBe(SECRET)
  })

  test('after it is rotated, and after all is taken down', async () => {
    await start()
    await run('schedule')
    repository.write('people.yaml', PROFILE.replace('_SECRET }', '_SECRET, rotate: true }'))
    expect(await run('schedule', { secret: 'A newer "one"' })).toMatchObject({
      leaks: [],
      outcome: 'applied',
    })
    repository.write('people.yaml', `${PROFILE}state: absent\nlimits: { deletes: 100% }\n`)
    const ended = await run('schedule')
    expect(ended).toMatchObject({ leaks: [], outcome: 'applied' })
  })

  test.each<[Play, string]>([
    ['quotes', 'quotes what it was given, in code and message'],
    ['complains', 'complains of what it was given'],
    ['dies-late', 'dies after its work'],
  ])('where PowerShell %s: %s', async (plays) => {
    await start()
    const { leaks, outcome } = await run('schedule', {
      plays,
      others: given,
    })
    expect({ leaks, outcome }).toEqual({ leaks: [], outcome: plays === 'dies-late' ? 'applied' : 'partial' })
  })

  test('where Exchange refuses it and says the whole request back', async () => {
    await start()
    const echo = `You sent: ${SECRET} / ${escaped(SECRET)}`
    const details = [{ message: `Ex1|Microsoft.Exchange.RecipientTaskException|${echo}` }]
    repository.tenants.simulator.faults.add({
      on: { operation: 'New-MigrationEndpoint' },
      do: { status: 400, body: { error: { code: echo, message: echo, details } } },
    })
    const { leaks, outcome, log } = await run('schedule')
    expect(outcome).toBe('partial')
    expect(leaks).toEqual([])
    expect(log).toContain('***')
  })

  test('where the test of the endpoint fails over it', async () => {
    await start()
    await run('schedule')
    for (const app of repository.tenants.simulator.world.tenants.get('contoso')!.apps)
      if (app.exchange?.mailboxMigration) Object.assign(app, { secret: 'another one by now' })
    const { leaks, log } = await run('pull_request')
    expect(leaks).toEqual([])
    expect(log).toContain('AADSTS7000215')
  })
})
