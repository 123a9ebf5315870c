/** Nobody is taken for another, and what a run began is gone on with. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { MailContactSeed, MailUserSeed } from '../../src/simulator/seed.ts'
import { REFUSED } from '../people.ts'
import { ADA, BOB, LIMITLESS, mailbox, Migrating, shown, type Starting } from './migrating.ts'
import { skipped } from './seen.ts'

let migrating: Migrating
const start = async (given: Starting = {}) => (migrating = await Migrating.start(given))
afterEach(() => migrating.stop())

const keyOf = (address: string) => migrating.source.directory.user(address)!.id
const ADAS = 'ada.lovelace@fabrikam.com'
const BOBS = 'bob.brown@fabrikam.com'
const mailUser = (local: string, more: Partial<MailUserSeed> = {}): MailUserSeed => ({
  displayName: local,
  address: `${local}@fabrikam.com`,
  primary: `${local}@contoso.com`,
  userPrincipalName: `${local}@contoso.com`,
  ...more,
})

/** Puts values on a recipient of the target. */
function set(displayName: string, values: Record<string, string | readonly string[]>): void {
  const { recipients } = migrating.target
  const found = [...recipients].find((one) => one.values['DisplayName'] === displayName)
  recipients.update(found!.guid, values, migrating.tenants.now)
}

describe('somebody else', () => {
  test('who merely holds an address of a member besides their own is not the member', async () => {
    const desk = mailbox('Sales Desk')
    await start({
      users: [desk],
      contoso: {
        domains: ['contoso.com', 'contoso.mail.onmicrosoft.com', 'fabrikam.com'],
        mailUsers: [
          mailUser('bob.brown', {
            exchange: { EmailAddresses: ['SMTP:bob.brown@contoso.com', 'smtp:sales.desk@fabrikam.com'] },
          }),
        ],
      },
    })
    const plan = await migrating.plan()
    expect(shown(plan).filter((line) => line.includes('mail-user'))).toEqual([])
    expect(skipped(plan)).toEqual({
      'Sales Desk': 'address-taken: the mail user "bob.brown" has the address sales.desk@fabrikam.com',
    })
  })

  test('who bears the mark of another member is theirs, whoever has their address', async () => {
    const proxies = [`SMTP:${ADAS}`, `smtp:${BOBS}`]
    const ada = { ...ADA, exchange: { ...ADA.exchange, EmailAddresses: proxies } }
    const bob = mailbox('Robert Brown')
    await start({ users: [ada, bob], contoso: { mailUsers: [mailUser('bob.brown')] } })
    set('bob.brown', { CustomAttribute15: `tenant-sync:people:${keyOf('robert.brown@fabrikam.com')}` })
    await migrating.apply()
    const byMark = [...migrating.target.recipients.ofType('MailUser')].map(({ values }) => [
      values['CustomAttribute15'],
      values['ExternalEmailAddress'],
    ])
    expect(byMark.toSorted()).toEqual(
      [
        [`tenant-sync:people:${keyOf(ADAS)}`, ADAS],
        [`tenant-sync:people:${keyOf('robert.brown@fabrikam.com')}`, 'robert.brown@fabrikam.com'],
      ].toSorted(),
    )
  })

  test('who was there before, with an archive of their own, keeps it', async () => {
    const ArchiveGuid = 'aaaaaaaa-0000-4000-8000-00000000aaaa'
    await start({
      users: [BOB],
      contoso: { mailUsers: [mailUser('bob.brown', { exchange: { ArchiveGuid } })] },
    })
    const plan = await migrating.plan()
    expect(skipped(plan)).toEqual({
      'Bob Brown': 'archive-guid-mismatch: the mail user "bob.brown" has another archive than the mailbox',
    })
    await migrating.apply()
    expect([...migrating.mailUsers().values()][0]!.values).toMatchObject({ ArchiveGuid })
  })

  test('whose contact has an address of a member as a former one keeps the contact', async () => {
    await start({
      users: [ADA],
      files: CONTACTS,
      contoso: {
        mailContacts: [
          contact({ ExternalEmailAddress: BOBS, EmailAddresses: [`SMTP:${BOBS}`, `smtp:${ADAS}`] }),
        ],
      },
    })
    const plan = await migrating.plan()
    expect(skipped(plan)).toEqual({
      'Ada Lovelace': `address-taken: the mail contact "A contact" has the address ${ADAS}`,
    })
    expect(plan.changes.flatMap(({ removes = [] }) => removes)).toEqual([])
  })
})

describe('addresses from a directory', () => {
  test.each([
    ['a line break', 'eve\r\nvictim@contoso.com\r\nx@fabrikam.com'],
    ['a comma', 'eve,victim@fabrikam.com'],
    ['a quote', '"eve"@fabrikam.com'],
  ])('with %s go into no batch and no cmdlet', async (_, address) => {
    await start({ users: [ADA] })
    const { recipients } = migrating.source
    const [ada] = recipients.holders(ADAS)
    recipients.update(ada!.guid, { EmailAddresses: [`SMTP:${address}`] }, migrating.tenants.now)
    const plan = await migrating.plan()
    expect(plan.skipped.map(({ reason }) => reason)).toEqual(['no-mail-address'])
    expect(shown(plan).filter((line) => /mail-user|migration-batch/.test(line))).toEqual([])
  })
})

const CONTACTS = {
  'contacts.yaml': `name: contacts
kind: mail-contacts
from: [{ entra: fabrikam }]
to: { tenant: contoso }
state: paused
`,
}
const contact = (more: Partial<MailContactSeed> = {}): MailContactSeed => ({
  Name: 'A contact',
  DisplayName: 'A contact',
  ExternalEmailAddress: ADAS,
  CustomAttribute15: 'tenant-sync:contacts:1',
  LegacyExchangeDN: '/o=ExchangeLabs/cn=a-contact',
  ...more,
})

describe('a contact that gives way', () => {
  test('does so by any address of the mailbox, wherever the mail user forwards to', async () => {
    await start({
      users: [ADA],
      files: CONTACTS,
      contoso: { mailContacts: [contact()] },
      profile: `${LIMITLESS}\nexternal: onmicrosoft`,
    })
    expect((await migrating.apply()).outcome).toBe('applied')
    expect([...migrating.target.recipients.ofType('MailContact')]).toEqual([])
    expect([...migrating.mailUsers().values()][0]!.values).toMatchObject({
      ExternalEmailAddress: 'ada.lovelace@fabrikam.onmicrosoft.com',
      EmailAddresses: expect.arrayContaining(['X500:/o=ExchangeLabs/cn=a-contact']),
    })
  })

  test('and could not be removed, is gone on with by the next run', async () => {
    await start({ users: [ADA], files: CONTACTS, contoso: { mailContacts: [contact()] } })
    migrating.tenants.simulator.faults.add({
      on: { service: 'exchange', operation: 'Remove-MailContact', times: 1 },
      do: REFUSED,
    })
    expect((await migrating.apply()).outcome).toBe('partial')
    expect([...migrating.target.recipients.ofType('MailContact')]).toHaveLength(1)
    expect((await migrating.apply()).outcome).toBe('applied')
    expect([...migrating.target.recipients.ofType('MailContact')]).toEqual([])
    const { values } = [...migrating.mailUsers().values()][0]!
    expect(values).toMatchObject({
      ExternalEmailAddress: ADAS,
      EmailAddresses: expect.arrayContaining(['X500:/o=ExchangeLabs/cn=a-contact']),
    })
    expect(values).not.toHaveProperty('ExtensionCustomAttribute5')
    expect((await migrating.plan()).changes).toEqual([])
  })
})
