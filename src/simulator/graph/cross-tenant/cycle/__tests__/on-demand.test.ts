import { describe, expect, test } from '@jest/globals'

import { SECRETS, configured, crossTenantPractice, jobIn, refusal } from '../../__tests__/practice.ts'

const CONTACT = [{ Name: 'ada', ExternalEmailAddress: 'ada@fabrikam.com' }]

function practised(options: Parameters<typeof configured>[0] = {}) {
  const practice = crossTenantPractice(configured(options))
  const { path, job } = jobIn(practice)
  const [rule] = job.schema.synchronizationRules
  const bodyFor = (name: string, more: object = {}) => {
    const objectId = practice.source.directory.user(name)?.id ?? name
    return { parameters: [{ ruleId: rule?.id, subjects: [{ objectId, objectTypeName: 'User', ...more }] }] }
  }
  const ask = (body: object) => practice.post(`${path}/provisionOnDemand`, body)
  return { ...practice, bodyFor, ask, job }
}

/** What an answer says in its two texts. */
function read(body: { key: string; value: string }) {
  const { result, details } = JSON.parse(body.key)
  const value = JSON.parse(body.value)
  const steps = value.provisioningSteps.map(({ type, status }: Record<string, string>) => `${type} ${status}`)
  return { result, details, steps, action: value.action, value }
}

describe('a user who is provisioned on demand', () => {
  test('arrives, and each step says so', async () => {
    const { ask, bodyFor, target } = practised()
    const { status, body } = await ask(bodyFor('ada@fabrikam.com'))
    expect(status).toBe(200)
    expect(read(body)).toMatchObject({
      result: 'Success',
      details: null,
      action: 'Create',
      steps: ['Import Success', 'Scoping Success', 'Processing Success', 'Export Success'],
    })
    expect(target.directory.user('ada_fabrikam.com#EXT#@contoso.onmicrosoft.com')).toBeDefined()
  })

  test('who is there already is skipped, with the reason', async () => {
    const { ask, bodyFor } = practised()
    await ask(bodyFor('ada@fabrikam.com'))
    const { body } = await ask(bodyFor('ada@fabrikam.com'))
    expect(read(body)).toMatchObject({
      result: 'Skipped',
      details: { errorCode: 'RedundantExport' },
      steps: ['Import Success', 'Scoping Success', 'Matching Success', 'Export Skipped'],
    })
  })

  test('who is not assigned is skipped', async () => {
    const { ask, bodyFor } = practised()
    const { body } = await ask(bodyFor('charles@fabrikam.com'))
    expect(read(body)).toMatchObject({
      result: 'Skipped',
      details: { errorCode: 'NotEffectivelyEntitled' },
      steps: ['Import Success', 'Scoping Skipped', 'Export Skipped'],
    })
  })

  test('whose address is another’s fails', async () => {
    const { ask, bodyFor } = practised({ contoso: { mailContacts: CONTACT } })
    const { body } = await ask(bodyFor('ada@fabrikam.com'))
    expect(read(body)).toMatchObject({
      result: 'Failure',
      details: { errorCode: 'InvitationCreationFailure' },
      steps: ['Import Success', 'Scoping Success', 'Export Failure'],
    })
  })

  test('who was provisioned, and is assigned no more, goes', async () => {
    const { ask, bodyFor, source, target } = practised()
    await ask(bodyFor('ada@fabrikam.com'))
    const [principal] = source.crossTenant.servicePrincipals.values()
    principal!.assignments.clear()
    const { body } = await ask(bodyFor('ada@fabrikam.com'))
    expect(read(body)).toMatchObject({ result: 'Success', action: 'Delete' })
    expect(target.directory.userCount).toBe(1)
  })

  test('fails when the target allows nobody', async () => {
    const { ask, bodyFor } = practised({ target: {} })
    const { body } = await ask(bodyFor('ada@fabrikam.com'))
    expect(read(body)).toMatchObject({
      result: 'Failure',
      details: { errorCode: 'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure' },
      steps: ['Import Failure'],
    })
  })

  test('may be answered with the name of a type, and a list', async () => {
    const { ask, bodyFor } = practised({ behaviour: { onDemandAnswer: 'type-name' } })
    const { body } = await ask(bodyFor('ada@fabrikam.com'))
    expect(body.key).toBe('Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo')
    expect(JSON.parse(body.value)).toEqual([
      expect.objectContaining({ statusInfo: expect.objectContaining({ status: 'Success' }) }),
    ])
  })
})

describe('on-demand provisioning is refused', () => {
  test.each<[string, (body: any) => void, number]>([
    ['for a rule that there is not', (body) => (body.parameters[0].ruleId = 'x'), 404],
    ['for somebody who is not there', (body) => (body.parameters[0].subjects[0].objectId = 'x'), 404],
    [
      'for two at a time',
      (body) => body.parameters[0].subjects.push({ ...body.parameters[0].subjects[0] }),
      400,
    ],
    ['for nobody', (body) => (body.parameters = []), 400],
    ['with what it does not know', (body) => (body.parameters[0].colour = 'red'), 400],
  ])('%s', async (_, change, status) => {
    const { ask, bodyFor } = practised()
    const body = bodyFor('ada@fabrikam.com')
    change(body)
    expect((await ask(body)).status).toBe(status)
  })

  test('before credentials are saved', async () => {
    const { ask, bodyFor } = practised({ application: { secrets: { CompanyId: SECRETS.CompanyId } } })
    expect(refusal(await ask(bodyFor('ada@fabrikam.com')))).toEqual([400, 'CredentialsMissing'])
  })

  test('after five in ten seconds', async () => {
    const { ask, bodyFor } = practised()
    const statuses = []
    for (let index = 0; index < 6; index += 1) statuses.push((await ask(bodyFor('ada@fabrikam.com'))).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  })

  test('for groups: the schema has none', async () => {
    const { ask, bodyFor } = practised()
    const { body } = await ask(bodyFor('ada@fabrikam.com', { objectTypeName: 'Group' }))
    expect(read(body)).toMatchObject({ result: 'Skipped', details: { errorCode: 'EntityTypeNotSupported' } })
  })
})
