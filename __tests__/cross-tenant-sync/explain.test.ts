/** `explain <address>`: whether somebody is synchronized, why, and what provisioning last said of them. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { explainRun } from '../../src/commands/run.ts'
import { user } from '../people.ts'
import {
  ADA,
  app,
  BOB,
  CLEO,
  CONTOSO,
  LIMITLESS,
  SCOPE,
  Synchronized,
  type Starting,
} from './synchronized.ts'

let between: Synchronized
const start = async (given: Starting = {}) => (between = await Synchronized.start(given))
afterEach(() => between.stop())

const explain = async (address: string) => {
  const [explained] = await explainRun(between.tenants.options, address)
  return explained!
}

describe('somebody in scope', () => {
  test('through a group: why, and what an apply would do for them', async () => {
    await start()
    expect(await explain('ada.lovelace@fabrikam.com')).toMatchObject({
      verdict: 'included',
      label: 'Ada Lovelace <ada.lovelace@fabrikam.com>',
      reasons: [{ code: 'member', message: 'a direct member of the group Staff, which scope names' }],
      standing: [],
      changes: [],
    })
    expect((await explain('cleo.clark@fabrikam.com')).changes).toMatchObject([
      { action: 'create', object: 'assignment', label: 'Cleo Clark <cleo.clark@fabrikam.com>' },
    ])
  })

  test('after an apply: the assignment, and what the provisioning log says', async () => {
    const taken = { Name: 'cleo', DisplayName: 'Cleo', ExternalEmailAddress: 'cleo.clark@fabrikam.com' }
    await start({ contoso: { apps: [app(CONTOSO)], mailContacts: [taken] } })
    await between.tenants.apply()
    expect(await explain('bob.brown@fabrikam.com')).toMatchObject({
      verdict: 'included',
      standing: [
        {
          object: 'assignment',
          whose: 'of a group that the person is a member of',
          attributes: { principal: 'Staff' },
        },
        {
          object: 'provisioning',
          whose: 'of the provisioning log: success',
          attributes: { action: 'create' },
        },
      ],
    })
    expect((await explain('cleo.clark@fabrikam.com')).standing).toMatchObject([
      { object: 'assignment', whose: 'of the person' },
      {
        object: 'provisioning',
        whose: 'of the provisioning log: failure',
        attributes: { errorCode: 'InvitationCreationFailure' },
      },
    ])
  })

  test('as everyone is, under the conditions of scope.where', async () => {
    const where = 'where: [{ attribute: department, operator: EQUALS, values: [Sales] }]'
    await start({ profile: `scope: { everyone: true, ${where} }\n${LIMITLESS}` })
    expect(await explain('ada.lovelace@fabrikam.com')).toMatchObject({
      verdict: 'included',
      reasons: [
        { code: 'everyone' },
        { code: 'where', message: 'only while all of this holds: department EQUALS Sales' },
      ],
    })
  })
})

describe('somebody who is not', () => {
  test('outside of scope, though assigned: what stands, and that it goes', async () => {
    await start({ users: [ADA, BOB, CLEO, user('Dora Dent')] })
    await between.tenants.apply()
    expect(await explain('dora.dent@fabrikam.com')).toMatchObject({
      verdict: 'not-included',
      reasons: [{ code: 'not-in-scope' }],
      standing: [],
    })
    between.profile(`scope: { groups: [Staff] }\n${LIMITLESS}`)
    expect(await explain('cleo.clark@fabrikam.com')).toMatchObject({
      verdict: 'not-included',
      standing: [{ object: 'assignment' }, { object: 'provisioning' }],
      changes: [{ action: 'delete', object: 'assignment' }],
    })
  })

  test('unknown to the source', async () => {
    await start()
    expect(await explain('nobody@fabrikam.com')).toMatchObject({
      verdict: 'unknown',
      reasons: [{ code: 'not-known', message: 'nobody in tenant fabrikam goes by this address' }],
    })
  })

  test('of a profile that is absent', async () => {
    await start({ profile: `${SCOPE}\n${LIMITLESS}\nstate: absent` })
    expect(await explain('ada.lovelace@fabrikam.com')).toMatchObject({ verdict: 'not-included' })
  })
})
