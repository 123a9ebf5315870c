/** Which folder confines the files that profiles name: in a workflow the checkout, whatever that stands in. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { planRun, validateRun, type RunOptions } from '../../src/commands/run.ts'
import { Tenants, told } from '../people.ts'

let tenants: Tenants

/** A repository within another one, and a link from its list of people into the other. */
beforeEach(async () => {
  tenants = await Tenants.start({ from: '{ csv: people.csv }', to: 'owns: [partners.com]' })
  mkdirSync(tenants.path('.git'))
  writeFileSync(tenants.path('people.csv'), 'mail,displayName\nada@partners.com,Ada\n')
  cpSync(tenants.path('sync-profiles'), tenants.path('inner/sync-profiles'), { recursive: true })
  symlinkSync('../../people.csv', tenants.path('inner/sync-profiles/people.csv'))
})
afterEach(async () => {
  await tenants.idle()
  await tenants.stop()
})

const run = (inWorkflow: boolean): RunOptions => ({
  ...tenants.options,
  root: tenants.path('inner'),
  inWorkflow,
})

test('in a workflow a link out of the checkout is refused, though a repository is around it', async () => {
  await expect(validateRun(run(true))).rejects.toMatchObject({
    faults: [{ file: 'sync-profiles/people.yaml', line: 3, path: 'from[0].csv' }],
  })
  const [profile] = (await planRun(run(true), 'plan')).plan.profiles
  expect(profile).toMatchObject({
    outcome: 'failed',
    changes: [],
    errors: [{ code: 'file-outside-repository' }],
  })
})

test('at a terminal the repository around the folder is the one that is meant', async () => {
  await expect(validateRun(run(false))).resolves.toMatchObject({ faults: [] })
  const [profile] = (await planRun(run(false), 'plan')).plan.profiles
  expect(told(profile!)).toEqual(['create Ada <ada@partners.com>: new-in-source'])
})
