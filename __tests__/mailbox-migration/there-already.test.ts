/** Whoever stands in the target already is completed, and nobody is doubled. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { derivedNames } from '../../src/people/mark.ts'
import type { MailUserSeed, UserSeed } from '../../src/simulator/seed.ts'
import { user } from '../people.ts'
import { ADA, LIMITLESS, Migrating, shown, type Starting } from './migrating.ts'
import { fieldsOf, mailboxes, skipped, writes } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start({ users: [ADA], ...given }))
afterEach(() => migrating.stop())

const PRIMARY = 'ada.lovelace@contoso.com'
const DELIVERY = 'smtp:ada.lovelace@contoso.mail.onmicrosoft.com'
const X500 = ['X500:/o=ExchangeLabs/cn=ada.lovelace', 'X500:/o=Before/cn=ada.lovelace']

const keyOf = ({ userPrincipalName }: UserSeed) => migrating.source.directory.user(userPrincipalName)!.id
const mark = (profile = 'people') => `tenant-sync:${profile}:${keyOf(ADA)}`
const guidOf = ({ userPrincipalName }: UserSeed) =>
  migrating.source.recipients.holders(userPrincipalName)[0]!.guid
const only = () => [...migrating.mailUsers().values()][0]!

/** Puts values on the first recipient of the name in the target, as an admin would. */
function set(name: string, values: Record<string, string | boolean | readonly string[]>): void {
  const { recipients } = migrating.target
  recipients.update(recipients.named(name)[0]!.guid, values, migrating.tenants.now)
}

/** Who stands in the target before anything is applied. */
const HERS: MailUserSeed = {
  displayName: 'Ada, by hand',
  address: 'ada.lovelace@fabrikam.com',
  primary: 'countess@contoso.com',
  userPrincipalName: 'countess@contoso.com',
}
const there = (...mailUsers: MailUserSeed[]): Starting => ({ contoso: { mailUsers } })

describe('who stands there already', () => {
  test('as a mail user of the same external address is completed, not doubled', async () => {
    await start(there(HERS))
    expect(shown(await migrating.plan())).toContain(
      'update mail-user (Ada Lovelace <ada.lovelace@fabrikam.com>): adopted',
    )
    await migrating.apply()
    expect(migrating.mailUsers().size).toBe(1)
    expect(only().values).toMatchObject({
      // Their own name and address stay; what was empty is filled in.
      Name: 'Ada, by hand',
      DisplayName: 'Ada, by hand',
      UserPrincipalName: 'countess@contoso.com',
      Title: "Ada Lovelace's title",
      EmailAddresses: ['SMTP:countess@contoso.com', DELIVERY, ...X500],
      ExchangeGuid: guidOf(ADA),
    })
    expect(only().values).not.toHaveProperty('CustomAttribute15')
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('is moved by the address that it has in the domain, whatever it is', async () => {
    await start(there(HERS))
    await migrating.apply()
    expect(migrating.target.migration.batches.find('wave-1')!.values.users).toMatchObject([
      { address: 'countess@contoso.com' },
    ])
  })

  test('keeps a title of its own', async () => {
    await start(there(HERS))
    set('Ada, by hand', { Title: 'Countess' })
    await migrating.apply()
    expect(only().values['Title']).toBe('Countess')
  })

  test('with a primary address elsewhere gets one in the domain, and keeps the other', async () => {
    await start({
      contoso: {
        domains: ['contoso.com', 'contoso.mail.onmicrosoft.com', 'contoso.org'],
        mailUsers: [{ ...HERS, primary: 'countess@contoso.org' }],
      },
    })
    await migrating.apply()
    expect(only().values['EmailAddresses']).toEqual([
      `SMTP:${PRIMARY}`,
      'smtp:countess@contoso.org',
      DELIVERY,
      ...X500,
    ])
  })

  test('loses addresses of domains that the target takes no mail for, which would stop the move', async () => {
    await start(there(HERS))
    set('Ada, by hand', {
      EmailAddresses: ['SMTP:ada.lovelace@fabrikam.com', 'smtp:countess@contoso.com', 'x500:/o=Old/cn=ada'],
    })
    await migrating.apply()
    expect(only().values['EmailAddresses']).toEqual([
      'SMTP:countess@contoso.com',
      'x500:/o=Old/cn=ada',
      DELIVERY,
      ...X500,
    ])
  })

  test('as a guest is completed likewise, and stays a guest', async () => {
    const guest = user('Ada Guest', {
      userPrincipalName: 'ada.lovelace_fabrikam.com#EXT#@contoso.onmicrosoft.com',
      mail: 'ada.lovelace@fabrikam.com',
      userType: 'Guest',
    })
    await start({ contoso: { users: [guest] } })
    expect(shown(await migrating.plan())).toContain(
      'update mail-user (Ada Lovelace <ada.lovelace@fabrikam.com>): adopted',
    )
    await migrating.apply()
    expect(only()).toMatchObject({
      type: 'GuestMailUser',
      values: {
        DisplayName: 'Ada Guest',
        ExchangeGuid: guidOf(ADA),
        EmailAddresses: expect.arrayContaining([`SMTP:${PRIMARY}`, DELIVERY, ...X500]),
      },
    })
    expect((await migrating.plan()).changes).toEqual([])
  })

  test('is known by the ExchangeGuid that somebody stamped, whatever its addresses', async () => {
    await start(there({ ...HERS, address: 'else@where.org' }))
    set('Ada, by hand', { ExchangeGuid: guidOf(ADA) })
    expect(fieldsOf(await migrating.plan(), 'mail-user')).toMatchObject({
      externalEmailAddress: ['else@where.org', 'ada.lovelace@fabrikam.com'],
    })
  })

  test('is known by any address of the mailbox', async () => {
    await start(there({ ...HERS, address: 'ada.lovelace@fabrikam.onmicrosoft.com' }))
    expect(shown(await migrating.plan())).toContain(
      'update mail-user (Ada Lovelace <ada.lovelace@fabrikam.com>): adopted',
    )
  })

  test('with the mark counts before one with the address', async () => {
    const marked = { ...HERS, displayName: 'Marked', address: 'old@fabrikam.com', primary: 'm@contoso.com' }
    const hers = { ...HERS, address: 'ada.lovelace@fabrikam.onmicrosoft.com' }
    await start(there(hers, { ...marked, userPrincipalName: 'm@contoso.com' }))
    set('Marked', { CustomAttribute15: mark() })
    const { changes } = await migrating.plan()
    const { guid } = migrating.target.recipients.named('Marked')[0]!
    expect(changes.find(({ object }) => object === 'mail-user')).toMatchObject({
      action: 'update',
      targetId: guid,
      reason: 'source-changed',
    })
  })

  test('with the mark, while another one forwards to the address: that is told', async () => {
    await start(
      there(HERS, {
        ...HERS,
        displayName: 'Marked',
        address: 'old@fabrikam.com',
        primary: 'm@contoso.com',
        userPrincipalName: 'm@contoso.com',
      }),
    )
    set('Marked', { CustomAttribute15: mark() })
    expect(skipped(await migrating.plan())).toEqual({
      'Ada Lovelace': 'address-taken: the mail user "Ada, by hand" has the address ada.lovelace@fabrikam.com',
    })
  })

  test('of the derived name without a mark is an unfinished one of ours, and gets it', async () => {
    await start(there(HERS))
    set('Ada, by hand', { Name: derivedNames('people', keyOf(ADA))[0]! })
    expect(fieldsOf(await migrating.plan(), 'mail-user')).toMatchObject({
      customAttribute15: [null, mark()],
      displayName: ['Ada, by hand', 'Ada Lovelace'],
    })
  })

  test('of a former name of the profile is marked anew', async () => {
    await start({ ...there(HERS), profile: `${LIMITLESS}\nformerly: [movers]` })
    set('Ada, by hand', { CustomAttribute15: mark('movers') })
    expect(fieldsOf(await migrating.plan(), 'mail-user')).toMatchObject({
      customAttribute15: [mark('movers'), mark()],
    })
  })

  test('synchronized from another directory, and not prepared there, is skipped with what it lacks', async () => {
    await start(there(HERS))
    set('Ada, by hand', { IsDirSynced: true })
    const plan = await migrating.plan()
    expect(skipped(plan)['Ada Lovelace']).toMatch(
      /^directory-synced: the mail user "Ada, by hand" is synchronized .* changed there: emailAddresses, exchangeGuid/,
    )
    expect(mailboxes(plan)['Ada Lovelace']).toMatch(
      /^warning Not ready\. .*synchronized from another directory/,
    )
    await migrating.apply()
    expect(writes(migrating).filter((write) => write.includes('MailUser'))).toEqual([])
  })

  test('synchronized, and prepared there, is ready', async () => {
    await start(there(HERS))
    await migrating.apply()
    migrating.target.migration.batches.remove(migrating.target.migration.batches.find('wave-1')!)
    set('Ada, by hand', { IsDirSynced: true })
    expect(mailboxes(await migrating.plan())).toEqual({ 'Ada Lovelace': 'ok Ready.' })
  })
})
