/** What people have begun by hand is gone on with: completed, not doubled, and what they set besides stays. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { derivedNames } from '../../src/people/mark.ts'
import { idsOf, userId } from '../../src/simulator/ids.ts'
import { primaryAddress, type Recipient } from '../../src/simulator/exchange/recipient.ts'
import type { TenantSeed } from '../../src/simulator/seed.ts'
import { applyDisturbed } from './convergence.ts'
import { SETTINGS_OF_OTHERS } from './drifted.ts'
import {
  ADA,
  BOB,
  CONTOSO,
  FABRIKAM,
  LIMITLESS,
  Migrating,
  MOVER,
  SECRET,
  shown,
  type Starting,
} from './migrating.ts'
import { standing } from './standing.ts'

type Setting = NonNullable<TenantSeed['migration']>

let migrating: Migrating
afterEach(() => migrating.stop())

async function start(given: Starting): Promise<void> {
  migrating = await Migrating.start(given)
  migrating.profile(LIMITLESS, { batch: 'autoStart: true' })
}

/** One apply comes to the end; nothing is left to do, and nothing is done. */
async function expectWhole(outcome = 'applied'): Promise<void> {
  expect((await applyDisturbed(migrating)).outcome).toBe(outcome)
  expect(shown(await migrating.plan())).toEqual([])
  const before = standing(migrating)
  expect((await applyDisturbed(migrating)).outcome).toBe('no-changes')
  expect(standing(migrating)).toEqual(before)
  expect(
    batches()
      .flatMap(({ users }) => users)
      .toSorted(),
  ).toEqual(['ada.lovelace@contoso.com', 'bob.brown@contoso.com'])
  const guids = [ADA, BOB].map(({ userPrincipalName }) => guidOf(userPrincipalName))
  const stamped = mailUsers().map(({ values }) => values['ExchangeGuid'])
  expect(stamped.toSorted()).toEqual(guids.toSorted())
}

function guidOf(address: string): string {
  return migrating.source.recipients.holders(address)[0]!.guid
}

function groupGuid(): string {
  return [...migrating.source.recipients.ofType('MailUniversalSecurityGroup')][0]!.guid
}

function mailUsers(): Recipient[] {
  return [...migrating.target.recipients.ofType('MailUser', 'GuestMailUser')]
}

/** Whoever has Ada's mailbox. */
function ada(): Recipient {
  return mailUsers().find(({ values }) => values['ExchangeGuid'] === guidOf(ADA.userPrincipalName))!
}

function batches() {
  return [...migrating.target.migration.batches].map(({ name, values }) => ({
    name,
    status: values.status,
    users: values.users.map(({ address }) => address),
  }))
}

const INBOUND = { Enabled: true, MailboxMoveEnabled: true, MailboxMoveCapability: 'Inbound' } as const
const OUTBOUND = {
  Enabled: true,
  MailboxMoveEnabled: true,
  MailboxMoveCapability: 'RemoteOutbound' as const,
  OAuthApplicationId: MOVER,
  MailboxMovePublishedScopes: ['Migrating to Contoso'],
}
const FREE_AND_BUSY = { Name: 'Theirs', DomainNames: [CONTOSO], ...SETTINGS_OF_OTHERS }
const ENDPOINT = {
  name: 'fabrikam-to-contoso',
  remoteTenant: 'fabrikam.onmicrosoft.com',
  applicationId: MOVER,
  secret: SECRET,
}
const target = (migration: Setting): Starting => ({ contoso: { migration } })
const source = (migration: Setting): Starting => ({ fabrikam: { migration } })

describe('of both organizations', () => {
  const inbound = (more: object = {}): Setting => ({
    relationships: [{ Name: 'Theirs', DomainNames: [FABRIKAM], ...INBOUND, ...more }],
  })
  const outbound = (more: object = {}): Setting => ({
    relationships: [{ Name: 'Theirs', DomainNames: [CONTOSO], ...OUTBOUND, ...more }],
  })

  test.each<[string, Starting]>([
    ['the relationship of the target alone', target(inbound())],
    ['the relationship of the source alone', source(outbound())],
    ['one in the target by a domain', target(inbound({ DomainNames: ['fabrikam.com'] }))],
    ['one in the source by a domain', source(outbound({ DomainNames: ['contoso.com'] }))],
    ['one that is disabled', target(inbound({ Enabled: false }))],
    ['one of another direction', target(inbound({ MailboxMoveCapability: 'RemoteOutbound' }))],
    ['one for free and busy alone', source({ relationships: [FREE_AND_BUSY] })],
    ['one without a scope', source(outbound({ MailboxMovePublishedScopes: [] }))],
    ['one for another application', source(outbound({ OAuthApplicationId: FABRIKAM }))],
  ])('(%s) is gone on with, and keeps its name and its other settings', async (_, given) => {
    const side = given.contoso ? 'target' : 'source'
    const others = given[side === 'target' ? 'contoso' : 'fabrikam']?.migration?.relationships?.[0]
    await start(given)
    await expectWhole()
    const found = [...migrating[side].migration.relationships]
    expect(found.map(({ name, values }) => ({ Name: name, ...values }))).toMatchObject([
      {
        ...others,
        ...(side === 'target' ? INBOUND : { ...OUTBOUND, MailboxMovePublishedScopes: [groupGuid()] }),
        DomainNames: [...new Set([...others!.DomainNames, side === 'target' ? FABRIKAM : CONTOSO])],
      },
    ])
  })

  test.each<[string, object]>([
    ['without relationships', {}],
    ['by the id of the tenant', { remoteTenant: FABRIKAM }],
    ['of another application', { applicationId: FABRIKAM }],
    ['of another spelling', { name: 'Fabrikam-to-Contoso' }],
  ])('(an endpoint %s) is gone on with', async (_, more) => {
    await start(target({ endpoints: [{ ...ENDPOINT, ...more }] }))
    await expectWhole()
    const [endpoint] = migrating.target.migration.endpoints
    expect(endpoint!.values).toMatchObject({ applicationId: MOVER, credential: [MOVER, SECRET] })
  })

  test('an endpoint of the same name with a secret that has expired takes a second apply', async () => {
    await start(target({ endpoints: [{ ...ENDPOINT, secret: 'of last year' }] }))
    const { outcome, profiles } = await applyDisturbed(migrating)
    expect(outcome).toBe('partial')
    expect(JSON.stringify(profiles)).toContain('endpoint-unavailable')
    await expectWhole()
  })
})

describe('of people', () => {
  const GUEST = {
    displayName: 'Ada (guest)',
    userPrincipalName: 'ada.lovelace_fabrikam.com#EXT#@contoso.onmicrosoft.com',
    userType: 'Guest',
    mail: 'ada.lovelace@fabrikam.com',
    jobTitle: 'A title of their own',
  }
  const theirs = (
    address: string,
    exchange: NonNullable<TenantSeed['mailUsers']>[number]['exchange'] = {},
  ): Starting => ({
    contoso: {
      mailUsers: [{ displayName: 'Ada of theirs', address, primary: 'ada@contoso.com', exchange }],
    },
  })

  test.each<[string, Starting]>([
    ['a mail user without ExchangeGuid', theirs('ada.lovelace@fabrikam.com')],
    ['a guest', { contoso: { users: [GUEST] } }],
  ])('(%s) is completed, and stays theirs', async (_, given) => {
    // A batch takes who is known by their address in the target.
    await start({ ...given, profile: LIMITLESS })
    const [before] = mailUsers()
    expect((await applyDisturbed(migrating)).outcome).toBe('applied')
    expect(shown(await migrating.plan())).toEqual([])
    expect(mailUsers()).toHaveLength(2)
    expect(ada()).toMatchObject({
      guid: before!.guid,
      type: before!.type,
      values: {
        Name: before!.values['Name'],
        DisplayName: before!.values['DisplayName'],
        ExternalEmailAddress: 'ada.lovelace@fabrikam.com',
        Title: before!.values['Title'] ?? "Ada Lovelace's title",
      },
    })
    expect(ada().values['CustomAttribute15']).toBeUndefined()
    expect(batches().flatMap(({ users }) => users)).toContain(primaryAddress(ada()))
  })

  test('(a mail user who forwards elsewhere) is somebody else, whatever addresses they have besides', async () => {
    await start(
      theirs('ada@elsewhere.example', {
        EmailAddresses: ['SMTP:ada@contoso.com', 'smtp:ada.lovelace@fabrikam.onmicrosoft.com'],
      }),
    )
    const [before] = mailUsers()
    expect((await applyDisturbed(migrating)).outcome).toBe('applied')
    expect(mailUsers()).toContainEqual(before)
    expect(mailUsers()).toHaveLength(3)
    expect(ada().values['CustomAttribute15']).toContain('tenant-sync:people:')
  })

  test.each<[string, string]>([
    ['forwards to the person', 'ada.lovelace@fabrikam.com'],
    ['forwards nowhere yet, for a contact had the address', 'temporary@contoso.mail.onmicrosoft.com'],
  ])(
    'a mail user whom a run has made, and not marked, and who %s, is the profile’s own',
    async (_, address) => {
      const [name] = derivedNames('people', userId(ADA, idsOf('fabrikam')))
      await start({
        contoso: { mailUsers: [{ displayName: name!, address, primary: 'ada.lovelace@contoso.com' }] },
      })
      await expectWhole()
      expect(ada().values).toMatchObject({
        Name: name,
        DisplayName: 'Ada Lovelace',
        CustomAttribute15: expect.stringContaining('tenant-sync:people:'),
      })
    },
  )
})

describe('of batches', () => {
  const made = (batch: Partial<NonNullable<Setting['batches']>[number]>, more: Setting = {}): Starting =>
    target({
      endpoints: [ENDPOINT],
      batches: [
        {
          name: 'wave-1',
          endpoint: ENDPOINT.name,
          targetDeliveryDomain: 'contoso.mail.onmicrosoft.com',
          users: [],
          ...batch,
        },
      ],
      ...more,
    })

  test('one of another name, with somebody of the group: they are in no second one', async () => {
    await start(made({ name: 'By hand', users: [{ address: 'ada.lovelace@contoso.com' }] }))
    await expectWhole()
    expect(batches()).toMatchObject([
      { name: 'By hand', status: 'Created', users: ['ada.lovelace@contoso.com'] },
      { name: 'wave-1', status: 'Syncing', users: ['bob.brown@contoso.com'] },
    ])
  })

  test('one of the name that was not started, without some: it is started, the others are in a further one', async () => {
    await start(made({ users: [{ address: 'ada.lovelace@contoso.com' }] }))
    await expectWhole()
    expect(batches()).toMatchObject([
      { name: 'wave-1', status: 'Syncing', users: ['ada.lovelace@contoso.com'] },
      { name: 'wave-1-2', status: 'Syncing', users: ['bob.brown@contoso.com'] },
    ])
  })

  test('one of the name without anybody: everybody is in a further one', async () => {
    await start(made({}))
    await expectWhole()
    expect(batches().map(({ name, users }) => [name, users.length])).toEqual([
      ['wave-1', 0],
      ['wave-1-2', 2],
    ])
  })

  test('one of the name through another endpoint is left as it is', async () => {
    const another = { ...ENDPOINT, name: 'another' }
    await start(made({ endpoint: 'another' }, { endpoints: [ENDPOINT, another] }))
    const [before] = batches()
    expect((await migrating.apply()).outcome).toBe('applied')
    expect(batches()).toMatchObject([before!, { name: 'wave-1-2', users: { length: 2 } }])
    expect(shown(await migrating.plan())).toEqual([])
  })

  test('one whose endpoint was removed is the profile’s own, and goes on through the new one', async () => {
    await start(made({ users: [{ address: 'ada.lovelace@contoso.com' }] }))
    const { endpoints } = migrating.target.migration
    endpoints.remove(endpoints.find(ENDPOINT.name)!)
    await expectWhole()
    expect(batches().map(({ name }) => name)).toEqual(['wave-1', 'wave-1-2'])
  })
})
