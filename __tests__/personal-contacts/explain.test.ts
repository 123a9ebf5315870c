/** What is told of one person whose contacts stand in many mailboxes. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { explainRun } from '../../src/commands/run.ts'
import type { ProfileExplained } from '../../src/engine/explanation.ts'
import { ADA, BOB, CLEO, Fleet, id } from '../mailboxes.ts'
import { user } from '../people.ts'

let fleet: Fleet
afterEach(() => fleet.stop())

async function explain(address: string): Promise<ProfileExplained> {
  return (await explainRun(fleet.tenants.options, address)).find(({ name }) => name === 'gal')!
}

describe('somebody in scope', () => {
  test('stands in mailboxes alike: once, with their number', async () => {
    fleet = await Fleet.start()
    await fleet.apply()
    expect(await explain(ADA.mail!)).toMatchObject({
      verdict: 'included',
      key: id('a'),
      standing: [
        {
          object: 'contact',
          whose: 'of this profile, in 2 mailboxes',
          attributes: { displayName: 'Ada Lovelace', emailAddresses: [`Ada Lovelace <${ADA.mail}>`] },
        },
      ],
      changes: [],
    })
  })

  test('is told what an apply would do for them, and where it differs', async () => {
    fleet = await Fleet.start()
    await fleet.apply()
    const mailbox = fleet.mailbox(BOB)
    mailbox.updateContact(mailbox.contactNamed('Ada Lovelace')!, { jobTitle: 'Boss' })
    const { standing, changes, mailboxSets } = await explain(ADA.userPrincipalName)
    expect(
      standing.map(({ whose, mailbox: where, attributes }) => [whose, where, attributes['jobTitle']]),
    ).toEqual(
      expect.arrayContaining([
        ['of this profile', BOB.mail, 'Boss'],
        ['of this profile', CLEO.mail, 'Engineer'],
      ]),
    )
    expect(changes).toMatchObject([{ action: 'update', key: id('a'), fields: [{ field: 'jobTitle' }] }])
    expect(mailboxSets).toMatchObject([{ mailboxes: [BOB.mail] }])
  })

  test('is not told of contacts that people made for themselves', async () => {
    const own = { displayName: 'My Ada', emailAddresses: [{ address: ADA.mail!, name: 'secret' }] }
    fleet = await Fleet.start({ users: [ADA, { ...BOB, contacts: [own] }] })
    const told = await explain(ADA.mail!)
    expect(told.standing).toEqual([])
    expect(JSON.stringify(told)).not.toContain('secret')
  })
})

describe('somebody who is not', () => {
  test('is told why, and that the contacts would go', async () => {
    fleet = await Fleet.start()
    await fleet.apply()
    fleet.tenants.directory.updateUser(CLEO.userPrincipalName, { accountEnabled: false })
    const told = await explain(CLEO.mail!)
    expect(told).toMatchObject({
      verdict: 'not-included',
      standing: [{ whose: 'of this profile, in 2 mailboxes' }],
      changes: [{ action: 'delete', reason: 'left-scope' }],
    })
    expect(told.reasons[0]!.message).toContain('the account is disabled')
  })

  test('for want of a mail address is skipped', async () => {
    fleet = await Fleet.start({ users: [ADA, user('Nomail', { mail: null })] })
    expect(await explain('nomail@fabrikam.com')).toMatchObject({
      verdict: 'skipped',
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'no-mail-address' })]),
    })
  })

  test('but another profile’s, or another tool’s, is told whose they are', async () => {
    const theirs = {
      displayName: 'Ada L.',
      singleValueExtendedProperties: [
        {
          id: 'String {8f1c6a52-3f0e-4c0b-9a53-6f2f6d1b7c11} Name tenant-sync',
          value: `tenant-sync:sales:${id('a')}`,
        },
      ],
    }
    const tool = { displayName: 'Ada', fileAs: `O365${id('a')}` }
    fleet = await Fleet.start({
      users: [ADA, { ...BOB, contacts: [theirs, tool] }],
      mailboxes: `{ users: [${BOB.mail}] }`,
      profile: 'adopt: [{ o365synchronizer: { guidPrefix: O365 } }]',
    })
    const { standing } = await explain(ADA.mail!)
    expect(standing.map(({ whose }) => whose).sort()).toEqual([
      'of O365-Synchronizer, taken over by this profile',
      'of profile sales',
    ])
  })
})
