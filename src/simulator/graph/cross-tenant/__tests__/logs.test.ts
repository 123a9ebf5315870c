import { describe, expect, test } from '@jest/globals'

import { runCycle } from '../cycle/cycle.ts'
import { configured, crossTenantPractice, jobIn, refusal } from './practice.ts'

const LOG = '/auditLogs/provisioning'

/** Three cycles, an hour apart: Ada and Charles come, Ada changes, Charles goes. */
function practised(behaviour = {}) {
  let hours = 0
  const clock = () => new Date(Date.UTC(2026, 10, 20, hours))
  const practice = crossTenantPractice(
    configured({ application: { assigned: ['ada@fabrikam.com', 'charles@fabrikam.com'] }, behaviour }),
    clock,
  )
  const { principal, job } = jobIn(practice)
  const cycle = () => {
    hours += 1
    runCycle(practice.world, practice.source, principal)
  }
  cycle()
  practice.source.directory.updateUser('ada@fabrikam.com', { department: 'Poetry' })
  cycle()
  practice.source.directory.removeUser('charles@fabrikam.com')
  cycle()
  return { ...practice, job }
}

const actions = ({ body }: { body: any }) =>
  body.value.map(({ provisioningAction }: Record<string, string>) => provisioningAction)

describe('the provisioning log', () => {
  test('tells what was done, the newest first', async () => {
    const { get, job } = practised()
    const reply = await get(LOG)
    expect(actions(reply)).toEqual(['delete', 'update', 'create', 'create'])
    expect(reply.body.value[1]).toMatchObject({
      activityDateTime: '2026-11-20T02:00:00Z',
      jobId: job.id,
      servicePrincipal: { displayName: 'To Contoso' },
      sourceSystem: { displayName: 'Azure Active Directory' },
      targetSystem: { displayName: 'Azure Active Directory (target tenant)' },
      sourceIdentity: { displayName: 'Ada Lovelace', identityType: 'User' },
      provisioningStatusInfo: { status: 'success', errorInformation: null },
      modifiedProperties: [{ displayName: 'department', oldValue: 'Engines', newValue: 'Poetry' }],
    })
    const steps = reply.body.value[1].provisioningSteps
    expect(steps.map((each: any) => `${each.provisioningStepType} ${each.status}`)).toEqual([
      'import success',
      'scoping success',
      'matching success',
      'processing success',
      'export success',
    ])
  })

  test('is filtered and ordered at once', async () => {
    const { get, job } = practised({ auditLogRequests: 100 })
    const filter = `$filter=jobId eq '${job.id}' and activityDateTime ge 2026-11-20T02:00:00Z`
    expect(actions(await get(`${LOG}?${filter}&$orderby=activityDateTime asc`))).toEqual(['update', 'delete'])
    expect(actions(await get(`${LOG}?$filter=provisioningAction eq 'create'`))).toHaveLength(2)
    expect(actions(await get(`${LOG}?$filter=provisioningStatusInfo/status eq 'failure'`))).toEqual([])
    expect(actions(await get(`${LOG}?$filter=jobId eq 'other'`))).toEqual([])
    expect((await get(`${LOG}?$filter=shoeSize eq 44`)).status).toBe(400)
  })

  test('comes in pages', async () => {
    const { get, ask } = practised({ auditLogRequests: 100 })
    const { body } = await get(`${LOG}?$top=3`)
    expect(body.value).toHaveLength(3)
    expect(actions(await ask(body['@odata.nextLink']))).toEqual(['create'])
  })

  test('is given out five times in ten seconds', async () => {
    const { get } = practised()
    const statuses = []
    for (let index = 0; index < 6; index += 1) statuses.push((await get(LOG)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    const refused = await get(LOG)
    expect([refusal(refused), Number(refused.headers['retry-after']) > 0]).toEqual([
      [429, 'TooManyRequests'],
      true,
    ])
  })

  test('wants its permission', async () => {
    const { get } = practised()
    expect((await get(LOG, undefined, { as: 'stranger' })).status).toBe(403)
  })
})
