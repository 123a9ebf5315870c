/** The command line as a user runs it, against the simulator. */
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Plan } from '../../src/engine/plan.ts'
import { REFUSED, Tenants, user } from '../people.ts'
import { CLI, run } from './program.ts'

let tenants: Tenants
beforeEach(async () => {
  tenants = await Tenants.start({ users: ['Ada', 'Bob', 'Cyd'].map((name) => user(name)) })
})
afterEach(() => tenants.stop())

const cli = (...args: string[]) => run(CLI, args, { env: tenants.simulator.env, cwd: tenants.root })
const planFile = () => JSON.parse(readFileSync(tenants.path('plan.json'), 'utf8')) as Plan

describe('validate', () => {
  test('names the profiles, and signs in nowhere', async () => {
    expect(await cli('validate')).toMatchObject({ code: 0, stdout: '1 profile is valid: people\n' })
    expect(tenants.simulator.requests).toEqual([])
  })

  test('tells every fault with file, line and column', async () => {
    tenants.profile({ profile: 'maping: {}\nlimits: { deletes: many }' })
    const { code, stderr } = await cli('validate')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^sync-profiles\/people\.yaml:5:1 .*mapping/m)
    expect(stderr).toMatch(/^sync-profiles\/people\.yaml:6:20 /m)
  })
})

describe('explain', () => {
  test('tells of one person, writes nothing, and gives data where it is asked to', async () => {
    const told = await cli('explain', 'Ada@fabrikam.com')
    expect(told).toMatchObject({ code: 0, stdout: expect.stringMatching(/people .*included/) })
    expect(told.stdout).toContain('is included in 1 of 1 profile')
    const { stdout } = await cli('explain', 'nobody@fabrikam.com', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ profiles: [{ name: 'people', verdict: 'unknown' }] })
    expect(tenants.writes()).toEqual([])
  })

  test('of somebody in a profile that fails ends with 1', async () => {
    tenants.profile({ from: '{ entra: fabrikam, groups: [Gone] }' })
    expect(await cli('explain', 'ada@fabrikam.com')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Gone'),
    })
  })
})

describe('plan', () => {
  test('shows it, writes it where it is asked to, and writes nothing else', async () => {
    const { code, stdout } = await cli('plan', '--out', 'plan.json', '--report', 'report.html')
    expect(code).toBe(0)
    expect(stdout).toContain('Ada <ada@fabrikam.com>')
    expect(planFile()).toMatchObject({ formatVersion: 1, profiles: [{ counts: { create: 3 } }] })
    expect(readFileSync(tenants.path('report.html'), 'utf8')).toContain('ada@fabrikam.com')
    expect(tenants.writes()).toEqual([])
  })

  test('exits with 2 when there are changes and it is asked to', async () => {
    expect((await cli('plan', '--detailed-exitcode')).code).toBe(2)
    await cli('apply', '--yes')
    expect((await cli('plan', '--detailed-exitcode')).code).toBe(0)
  })

  test('exits with 3 when a limit is exceeded', async () => {
    tenants.profile({ profile: 'limits: { creates: 1, updates: 0 }' })
    await cli('apply', '--yes')
    tenants.directory.updateUser('ada@fabrikam.com', { jobTitle: 'Director' })
    expect((await cli('plan')).code).toBe(3)
  })

  test('is the same twice', async () => {
    const digest = async () => {
      await cli('plan', '--out', 'plan.json')
      return planFile().digest
    }
    expect(await digest()).toBe(await digest())
  })

  test('as data is all that is printed', async () => {
    const { stdout } = await cli('plan', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1 })
  })

  test('with `--detail counts` names nobody', async () => {
    expect((await cli('plan', '--detail', 'counts')).stdout).not.toMatch(/Ada|fabrikam\.com/)
  })
})

describe('apply', () => {
  test('without a terminal needs --yes', async () => {
    const { code, stderr } = await cli('apply')
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('--yes') })
    expect(tenants.writes()).toEqual([])
  })

  test('writes, journals, and finds nothing to do the second time', async () => {
    expect((await cli('apply', '--yes', '--journal', 'mine.ndjson')).code).toBe(0)
    expect(tenants.contacts().size).toBe(3)
    const [header, ...lines] = tenants.lines('mine.ndjson')
    expect(header).toMatchObject({
      formatVersion: 1,
      digest: expect.stringMatching(/^sha256:/),
      limits: { people: {} },
    })
    expect(lines.filter(({ phase }) => phase === 'before')).toHaveLength(lines.length / 2)
    expect(JSON.stringify(lines)).not.toMatch(/Ada|ada@/)
    const before = tenants.simulator.requests.length
    expect((await cli('apply', '--yes')).stdout).toMatch(/no changes/i)
    expect(tenants.writes(before)).toEqual([])
  })

  test('of an accepted digest is stale when the plan is another one by now', async () => {
    await cli('plan', '--out', 'plan.json')
    tenants.directory.updateUser('ada@fabrikam.com', { jobTitle: 'Director' })
    expect((await cli('apply', '--accept-digest', planFile().digest)).code).toBe(4)
    expect(tenants.writes()).toEqual([])
  })

  test('exits with 5 when some of it failed, and tells what was done', async () => {
    tenants.simulator.faults.add({ on: { operation: 'New-MailContact', nth: 2 }, do: REFUSED })
    const { code, stdout } = await cli('apply', '--yes')
    expect(code).toBe(5)
    expect(stdout).toContain('This one is poison.')
    expect(tenants.contacts().size).toBe(2)
  })
})

describe('what goes wrong is told once, with what to do, and without a stack trace', () => {
  const failing = async (...args: string[]) => {
    const { code, stdout, stderr } = await cli(...args)
    expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .*:\d+:\d+/m)
    expect(tenants.writes()).toEqual([])
    return { code, text: `${stdout}${stderr}`.replace(/\s+/g, ' ') }
  }

  test('a tenant that is not named', async () => {
    tenants.profile({ from: '{ entra: fabrikan }' })
    expect(await failing('plan')).toEqual({
      code: 1,
      text: expect.stringMatching(/people\.yaml:3:\d+ .*did you mean `fabrikam`/),
    })
  })

  test('a missing environment variable', async () => {
    const { TENANT_SYNC_CONTOSO_CLIENT_SECRET: _, ...env } = tenants.simulator.env
    const { code, stdout } = await run(CLI, ['plan'], { env, cwd: tenants.root })
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringContaining('TENANT_SYNC_CONTOSO_CLIENT_SECRET'),
    })
  })

  test('a secret that is wrong', async () => {
    const env = { ...tenants.simulator.env, TENANT_SYNC_CONTOSO_CLIENT_SECRET: 'wrong-secret-of-mine' }
    const { code, stdout, stderr } = await run(CLI, ['plan'], { env, cwd: tenants.root })
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('AADSTS7000215') })
    expect(`${stdout}${stderr}`).not.toContain('wrong-secret-of-mine')
  })

  test('a permission that is missing in Graph', async () => {
    tenants.simulator.world.tenants.get('fabrikam')!.apps[0]!.permissions = []
    expect(await failing('plan')).toEqual({
      code: 1,
      text: expect.stringMatching(/tenant fabrikam.*User\.Read\.All.*az ad app permission add/),
    })
  })

  test('a role that is missing in Exchange', async () => {
    tenants.simulator.world.tenants.get('contoso')!.apps[0]!.exchange = { manageAsApp: true, role: 'none' }
    expect(await failing('plan')).toEqual({
      code: 1,
      text: expect.stringMatching(/tenant contoso.*Exchange Recipient Administrator/),
    })
  })

  test('an owned domain that is mistyped', async () => {
    tenants.profile({ to: 'owns: [fabrikam.con]' })
    const { code, text } = await failing('plan')
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('outside-owned-domains') })
  })

  test('a login that cannot be reached', async () => {
    const env = { ...tenants.simulator.env, TENANT_SYNC_LOGIN_URL: 'https://localhost:1' }
    const { code, stdout } = await run(CLI, ['plan'], { env, cwd: tenants.root })
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('login URL') })
  })

  test('an unknown option', async () => {
    expect((await failing('plan', '--profile', 'x')).code).toBe(1)
  })
})
