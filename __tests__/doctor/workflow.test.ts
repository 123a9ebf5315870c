/** In a workflow: who the job is to Entra, whom each app trusts, and whom it should not. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { RunOptions } from '../../src/commands/run.ts'
import { idTokens } from '../../src/github/id-token.ts'
import type { Purpose } from '../../src/microsoft/identity.ts'
import { runnerEnv, type Runner, type RunnerOptions } from '../../src/simulator/github/runner.ts'
import { Apps, clientId, type TenantName } from './apps.ts'
import { appOf, diagnosed, printed, told } from './asked.ts'

let apps: Apps
let runner: Runner | undefined
afterEach(async () => {
  runner?.close()
  await apps.stop()
})

const PROFILE =
  'name: people\nkind: mail-contacts\nfrom: [{ entra: fabrikam, hidden: include }]\nto: { tenant: contoso }\n'
const PULL_REQUEST = 'repo:contoso/people:pull_request'
const ENVIRONMENT = 'repo:contoso/people:environment:tenant-sync'
const IMMUTABLE = 'repo:contoso@6844498/people@812003411'
const MAIN = 'repo:contoso/people:ref:refs/heads/main'

interface Given {
  /** The subjects that the apps of each purpose trust. */
  readonly plan?: readonly string[]
  readonly apply?: readonly string[]
  readonly immutableSubject?: boolean
  readonly clientId?: (tenant: TenantName) => string
  readonly tenant?: string
}

/** Apps that hold just what they need, and trust whom they should unless it is said otherwise. */
async function start({ plan = [PULL_REQUEST], apply = [ENVIRONMENT], ...more }: Given = {}): Promise<void> {
  const { immutableSubject = false, ...world } = more
  const github = { repository: 'contoso/people', immutableSubject, pulls: [{ number: 7 }] }
  apps = await Apps.start({ profile: PROFILE, tenant: 'cloud: global', seed: { github }, ...world })
  for (const [purpose, subjects] of [
    ['plan', plan],
    ['apply', apply],
  ] as const) {
    apps.give(purpose, await apps.needs(purpose))
    for (const tenant of ['fabrikam', 'contoso'] as const)
      Object.assign(apps.app(tenant, purpose), {
        federatedCredentials: subjects.map((subject) => ({ subject })),
      })
  }
}

function job(options: RunnerOptions): RunOptions {
  runner = runnerEnv(apps.tenants.simulator, options)
  const { env } = runner
  const ask = async (audience: string) => {
    const url = `${env['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=${encodeURIComponent(audience)}`
    const headers = { authorization: `Bearer ${env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}` }
    const answer = await fetch(url, { headers })
    return ((await answer.json()) as { value: string }).value
  }
  return { ...apps.options, env, inWorkflow: true, idToken: idTokens({ ask, env }) }
}

async function asked(options: RunnerOptions, tenant: TenantName, purpose: Purpose) {
  const diagnosis = await diagnosed(job(options))
  const app = appOf(diagnosis, clientId(tenant, purpose))
  return { code: diagnosis.code, verdict: app.verdict, told: told(app), app, job: diagnosis.job }
}

describe('on a pull request', () => {
  const event = { event: 'pull_request' } as const

  test('the app that plans is checked, and the app that writes does not trust the job, as it should be', async () => {
    await start()
    const { job: seen, ...plans } = await asked(event, 'contoso', 'plan')
    expect(seen).toEqual({ subject: PULL_REQUEST, form: 'classic' })
    expect(plans).toMatchObject({ code: 0, verdict: 'ok', told: [] })
    expect(await asked(event, 'contoso', 'apply')).toMatchObject({
      code: 0,
      verdict: 'not-checked',
      told: [
        `note trusts-another-job: does not trust this job (${PULL_REQUEST}), as it should be for an app that writes: run doctor in the job that applies, with its environment, to check it`,
      ],
      app: { needs: [{ state: 'unknown' }, { state: 'unknown' }] },
    })
  })

  test('an app that writes and trusts the job fails', async () => {
    await start({ apply: [ENVIRONMENT, PULL_REQUEST] })
    const { code, verdict, app } = await asked(event, 'contoso', 'apply')
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'exposed' })
    expect(app.findings).toMatchObject([
      {
        code: 'trusts-branches',
        commands: [
          `az ad app federated-credential delete --id ${clientId('contoso', 'apply')} --federated-credential-id "$(az ad app federated-credential list --id ${clientId('contoso', 'apply')} --query "[?subject=='${PULL_REQUEST}'].id | [0]" -o tsv)"`,
        ],
      },
    ])
    // In the source tenant the app of an apply only reads: nothing to fear.
    expect(await asked(event, 'fabrikam', 'apply')).toMatchObject({ verdict: 'ok', told: [] })
  })

  test('an app that plans and does not trust the job fails, with the command that lets it', async () => {
    await start({ plan: ['repo:contoso/other:pull_request'] })
    const { code, verdict, app } = await asked(event, 'fabrikam', 'plan')
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'no-sign-in' })
    expect(app.findings).toMatchObject([
      {
        code: 'AADSTS700213',
        message: expect.stringContaining(PULL_REQUEST),
        commands: [
          `az ad app federated-credential create --id ${clientId('fabrikam', 'plan')} --parameters '{"name":"tenant-sync-plan","issuer":"https://token.actions.githubusercontent.com","subject":"${PULL_REQUEST}","audiences":["api://AzureADTokenExchange"]}'`,
        ],
      },
    ])
  })

  test('an app that trusts nobody at all fails, whoever asks', async () => {
    await start({ apply: [] })
    expect(await asked(event, 'contoso', 'apply')).toMatchObject({
      code: 1,
      verdict: 'no-sign-in',
      told: [expect.stringContaining('AADSTS70025')],
    })
  })

  test.each([
    ['trusts the job', [ENVIRONMENT, PULL_REQUEST]],
    ['does not', [ENVIRONMENT]],
  ])('one app for both fails, where it %s', async (_, apply) => {
    await start({ apply, clientId: (tenant) => clientId(tenant, 'apply') })
    const { code, told: findings } = await asked(event, 'contoso', 'apply')
    expect(code).toBe(1)
    expect(findings.at(-1)).toContain('error one-app-for-both: plans, and can write')
  })
})

describe('in the environment of the job that applies', () => {
  const event = { event: 'push', environment: 'tenant-sync' } as const

  test('the app that writes is checked, and the app that plans need not trust it', async () => {
    await start()
    expect(await asked(event, 'contoso', 'apply')).toMatchObject({
      code: 0,
      verdict: 'ok',
      told: [],
      job: { subject: ENVIRONMENT, form: 'classic' },
    })
    expect(await asked(event, 'contoso', 'plan')).toMatchObject({
      verdict: 'not-checked',
      told: [
        `note trusts-another-job: does not trust this job (${ENVIRONMENT}): run doctor on a pull request to check it`,
      ],
    })
  })

  test('an app that writes and does not trust it fails', async () => {
    await start({ apply: ['repo:contoso/people:environment:Tenant-Sync'] })
    expect(await asked(event, 'contoso', 'apply')).toMatchObject({ code: 1, verdict: 'no-sign-in' })
  })
})

describe('in an environment that pull requests may use', () => {
  const event = { event: 'pull_request', environment: 'plans' } as const
  const PLANS = 'repo:contoso/people:environment:plans'

  test('the app that plans is to trust it, and the app that writes is not', async () => {
    await start()
    const plans = await asked(event, 'contoso', 'plan')
    expect(plans).toMatchObject({ code: 1, verdict: 'no-sign-in' })
    expect(plans.app.findings[0]!.commands).toEqual([expect.stringContaining(`"subject":"${PLANS}"`)])
    const applies = await asked(event, 'contoso', 'apply')
    expect(applies).toMatchObject({ verdict: 'not-checked' })
    expect(applies.app.credentials).toMatchObject([{ subject: { sent: ENVIRONMENT } }])
  })

  test('an app that writes and trusts it fails', async () => {
    await start({ apply: [ENVIRONMENT, PLANS], plan: [PLANS] })
    expect(await asked(event, 'contoso', 'apply')).toMatchObject({
      code: 1,
      verdict: 'exposed',
      told: [expect.stringContaining(`trusts this job (${PLANS}), which a pull request started`)],
    })
    expect((await asked(event, 'contoso', 'plan')).verdict).toBe('ok')
  })

  test('nor need the app that writes trust the environment of plans on a schedule', async () => {
    await start({ plan: [PLANS] })
    expect(await asked({ ...event, event: 'schedule' }, 'contoso', 'apply')).toMatchObject({
      code: 0,
      verdict: 'not-checked',
    })
  })
})

describe('on a branch, without an environment', () => {
  test('an app that writes and trusts the branch fails', async () => {
    await start({ apply: [MAIN] })
    expect(await asked({ event: 'push' }, 'contoso', 'apply')).toMatchObject({
      code: 1,
      verdict: 'exposed',
      told: [expect.stringContaining(`error trusts-branches: writes, and trusts this job (${MAIN})`)],
    })
  })
})

describe('the federated credential that an app needs', () => {
  test('stands in both forms, with the one that GitHub sends, and the command for it', async () => {
    await start({ immutableSubject: true, plan: [`${IMMUTABLE}:pull_request`] })
    const { app, job: seen } = await asked({ event: 'pull_request' }, 'contoso', 'plan')
    expect(seen).toEqual({ subject: `${IMMUTABLE}:pull_request`, form: 'immutable' })
    expect(app).toMatchObject({
      verdict: 'ok',
      credentials: [
        {
          issuer: 'https://token.actions.githubusercontent.com',
          audience: 'api://AzureADTokenExchange',
          subject: {
            classic: PULL_REQUEST,
            immutable: `${IMMUTABLE}:pull_request`,
            sent: `${IMMUTABLE}:pull_request`,
          },
          commands: [expect.stringContaining(`"subject":"${IMMUTABLE}:pull_request"`)],
        },
      ],
    })
  })

  test('of the other job is told in the form that this one has', async () => {
    await start({ immutableSubject: true })
    const { app } = await asked({ event: 'pull_request' }, 'contoso', 'apply')
    expect(app.credentials).toMatchObject([
      { subject: { classic: ENVIRONMENT, sent: `${IMMUTABLE}:environment:tenant-sync` } },
    ])
  })

  test('is for the environment that the job names, and for the audience of the cloud', async () => {
    await start({ tenant: 'cloud: china' })
    const { app } = await asked({ event: 'push', environment: 'live: "A"' }, 'contoso', 'apply')
    expect(app.credentials).toMatchObject([
      {
        audience: 'api://AzureADTokenExchangeChina',
        subject: { sent: 'repo:contoso/people:environment:live%3A "A"' },
      },
    ])
  })

  test('is told at a terminal too', async () => {
    await start()
    const { text } = await printed(job({ event: 'pull_request' }))
    expect(text).toContain(`  · this job is ${PULL_REQUEST} to Entra (classic form)\n`)
    expect(text.replace(/\s+/g, ' ')).toContain(
      `> federated credential: issuer https://token.actions.githubusercontent.com, audience api://AzureADTokenExchange, subject ${PULL_REQUEST} (classic, which GitHub sends here) or ${IMMUTABLE}:pull_request (immutable)`,
    )
    expect(text).not.toMatch(/eyJ[\w-]+\./)
  })

  test('has the names to be filled in outside of a workflow', async () => {
    await start({ tenant: 'credential: oidc' })
    const { tenants, job: seen } = await diagnosed({ ...apps.options, inWorkflow: false })
    expect(seen).toBeUndefined()
    expect(tenants[0]!.apps.map(({ credentials }) => credentials)).toMatchObject([
      [
        {
          subject: {
            classic: 'repo:OWNER/REPO:pull_request',
            immutable: 'repo:OWNER@OWNER_ID/REPO@REPO_ID:pull_request',
          },
        },
      ],
      [{ subject: { classic: 'repo:OWNER/REPO:environment:tenant-sync' } }],
    ])
  })

  test('is none where a tenant is signed in to with a secret', async () => {
    await start({ tenant: 'credential: client-secret' })
    const { app, job: seen } = await asked({ event: 'pull_request' }, 'contoso', 'plan')
    expect({ seen, credentials: app.credentials }).toEqual({ seen: undefined, credentials: [] })
  })
})

test('a job that gets no ID token fails, with the permission to add', async () => {
  await start()
  const { code, told: findings } = await asked({ event: 'push', idToken: false }, 'contoso', 'plan')
  expect(code).toBe(1)
  expect(findings).toEqual([expect.stringContaining('error no-permission')])
})
