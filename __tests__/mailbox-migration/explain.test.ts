/** `explain <address>`: whether somebody's mailbox moves, how ready it is, and who stands for it in the target. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { explainRun } from '../../src/commands/run.ts'
import { ADA, BOB, LIMITLESS, Migrating, type Starting } from './migrating.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start(given))
afterEach(() => migrating.stop())

const explain = async (address: string) => {
  const [explained] = await explainRun(migrating.tenants.options, address)
  return explained!
}
const ada = 'ada.lovelace@fabrikam.com'

describe('a member', () => {
  test('before anything is applied: why, how ready, and what an apply would do', async () => {
    await start()
    expect(await explain(ada)).toMatchObject({
      verdict: 'included',
      label: `Ada Lovelace <${ada}>`,
      reasons: [
        { code: 'member', message: 'a direct member of the group Migrating to Contoso of tenant fabrikam' },
        { code: 'readiness', message: 'Ready, once this plan is applied.' },
      ],
      standing: [],
      changes: [{ action: 'create', object: 'mail-user', label: `Ada Lovelace <${ada}>` }],
    })
  })

  test.each([ada, 'ADA.Lovelace@Fabrikam.com', 'ada.lovelace@fabrikam.onmicrosoft.com'])(
    'is known by any address of the mailbox: %s',
    async (address) => {
      await start()
      expect(await explain(address)).toMatchObject({ verdict: 'included', label: `Ada Lovelace <${ada}>` })
    },
  )

  test('once prepared: the mail user, whose it is, and where in which batch', async () => {
    await start({ users: [ADA] })
    await migrating.apply()
    const [mailUser] = migrating.mailUsers().values()
    expect(await explain(ada)).toMatchObject({
      verdict: 'included',
      reasons: [{ code: 'member' }, { code: 'readiness', message: 'Queued in wave-1.' }],
      standing: [
        {
          object: 'mail-user',
          targetId: mailUser!.guid,
          whose: 'of this profile',
          attributes: { externalEmailAddress: ada, exchangeGuid: expect.anything() },
        },
      ],
      changes: [],
    })
  })

  test('is asked for by the address in the target, too', async () => {
    await start({ users: [ADA] })
    await migrating.apply()
    expect((await explain('ada.lovelace@contoso.com')).standing).toMatchObject([
      { object: 'mail-user', whose: 'of this profile' },
    ])
  })

  test('whose mail user was there before: that, and what it lacks', async () => {
    const mailUsers = [{ displayName: 'Ada Byron', address: ada, primary: 'countess@contoso.com' }]
    await start({ contoso: { mailUsers } })
    expect(await explain(ada)).toMatchObject({
      standing: [{ whose: 'without a mark', attributes: { displayName: 'Ada Byron', exchangeGuid: null } }],
      changes: [{ action: 'update', reason: 'adopted' }],
    })
  })

  test('in whose way somebody stands: who that is', async () => {
    const mailUsers = [
      {
        displayName: 'Ada Byron',
        address: ada,
        primary: 'countess@contoso.com',
        exchange: { CustomAttribute15: 'tenant-sync:others:1' },
      },
    ]
    await start({ contoso: { mailUsers } })
    expect(await explain(ada)).toMatchObject({
      verdict: 'skipped',
      reasons: expect.arrayContaining([
        expect.objectContaining({ code: 'owned-by-another', message: expect.stringContaining('Ada Byron') }),
      ]),
      standing: [{ whose: 'of profile others' }],
      changes: [],
    })
  })

  test('that is no mailbox', async () => {
    const nested = { displayName: 'Nested', mail: 'nested@fabrikam.com', securityEnabled: true }
    const group = {
      displayName: 'Migrating to Contoso',
      mail: 'migrating@fabrikam.com',
      securityEnabled: true,
      members: ['Nested'],
    }
    await start({ fabrikam: { groups: [nested, group] } })
    expect(await explain('nested@fabrikam.com')).toMatchObject({
      verdict: 'skipped',
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'no-mailbox' })]),
    })
  })

  test('that has moved', async () => {
    await start({ users: [ADA] })
    migrating.profile(LIMITLESS, { batch: 'autoStart: true, autoComplete: true' })
    await migrating.apply()
    migrating.advance('wave-1', 4)
    expect(await explain(ada)).toMatchObject({
      verdict: 'included',
      reasons: [{ code: 'moved', message: expect.stringContaining('whose mailbox has moved to contoso') }],
    })
  })
})

test('somebody who is no member', async () => {
  await start({ members: [BOB.userPrincipalName] })
  expect(await explain(ada)).toMatchObject({
    verdict: 'unknown',
    reasons: [{ code: 'not-a-member', message: expect.stringContaining('no direct member') }],
    standing: [],
    changes: [],
  })
})

test('of a profile that is taken down: what goes', async () => {
  await start({ users: [ADA] })
  await migrating.apply()
  migrating.profile(`${LIMITLESS}\nstate: absent`)
  expect(await explain(ada)).toMatchObject({ verdict: 'unknown' })
})
