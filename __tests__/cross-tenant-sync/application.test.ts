/** There is one application, whatever the directory shows and when. */
import { afterEach, expect, test } from '@jest/globals'
import { applyRun, planRun } from '../../src/commands/run.ts'
import { Journal } from '../../src/engine/journal.ts'
import { Synchronized, type Starting } from './synchronized.ts'

let between: Synchronized
const start = async (given: Starting) => (between = await Synchronized.start(given))
afterEach(() => between.stop())

test('applied again while the index does not show it yet: nothing is left to do', async () => {
  await start({ behaviour: { indexReads: 10 } })
  expect((await between.tenants.apply()).outcome).toBe('applied')
  expect((await between.tenants.apply()).outcome).toBe('no-changes')
  expect(between.source.servicePrincipals.size).toBe(1)
})

test('made by another run since the plan: that one is taken', async () => {
  await start({})
  const planned = await planRun(between.tenants.options, 'apply')
  await between.tenants.apply()
  const journal = new Journal({
    journal: between.tenants.path('second.ndjson'),
    removed: between.tenants.path('second-removed.ndjson'),
  })
  const result = await applyRun(planned, { journal, approvalOf: () => 'seen' })
  expect(result.outcome).toBe('applied')
  expect(between.source.servicePrincipals.size).toBe(1)
  expect((await between.tenants.plan()).changes).toEqual([])
})

test('another application of the name, of no template, is nobody’s business', async () => {
  await start({ source: { applications: [{ displayName: 'To Contoso', fromTemplate: false }] } })
  await between.tenants.apply()
  expect(between.source.servicePrincipals.size).toBe(2)
  expect((await between.tenants.plan()).changes).toEqual([])
})
