/** Contacts that O365-Synchronizer made are taken over where they stand; nobody's own contact ever is. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { PersonalContactSeed } from '../../src/simulator/seed.ts'
import { ADA, BOB, CLEO, Fleet, id, MARK, told, type Given } from '../mailboxes.ts'
import { user } from '../people.ts'

let fleet: Fleet
afterEach(() => fleet.stop())

const FREE = 'limits: { creates: 1000, updates: 1000, deletes: 1000 }'
const PREFIX = 'O365Synchronizer'
const adopt = (prefix = PREFIX) =>
  `adopt: [{ o365synchronizer: { guidPrefix: ${JSON.stringify(prefix)} } }]\n${FREE}`
const NOBODY = id('9')

/** As O365-Synchronizer leaves somebody behind. */
const synchronized = (displayName: string, fileAs: string, more = {}): PersonalContactSeed => ({
  displayName,
  fileAs,
  jobTitle: 'Old title',
  emailAddresses: [{ address: 'old@fabrikam.com', name: displayName }],
  ...more,
})
const OLD_ADA = synchronized('Ada L.', PREFIX + id('a'))
const OLD_CLEO = synchronized('Cleo C.', PREFIX + id('c'))
const OLD_LEAVER = synchronized('Left Long Ago', PREFIX + NOBODY)

/** These contacts in Bob's mailbox, which is the only one in scope. */
const start = async (contacts: PersonalContactSeed[], given: Given = {}) =>
  (fleet = await Fleet.start({
    users: [ADA, { ...BOB, contacts, contactFolders: ['Colleagues'] }, CLEO],
    mailboxes: `{ users: [${BOB.mail}] }`,
    profile: adopt(),
    ...given,
  }))

const bobs = () => fleet.mailbox(BOB).snapshot()
const named = (displayName: string) => bobs().find((contact) => contact['displayName'] === displayName)!
const markOf = (person: string) => [{ id: MARK, value: `tenant-sync:gal:${person}` }]
const warnings = async () => (await fleet.plan()).warnings.map(({ code }) => code)

describe('a contact of O365-Synchronizer', () => {
  test.each([
    ['with a prefix', PREFIX, PREFIX + id('a')],
    ['with a prefix that ends in a dash', 'O365-', `O365-${id('a')}`],
    ['without a prefix', '', id('a')],
    ['with its id in capitals', PREFIX, PREFIX + id('a').toUpperCase()],
    ['with its id in braces', '', `{${id('a')}}`],
  ])(
    '%s is taken over in place: marked, filed by name again, brought up to date',
    async (_, prefix, fileAs) => {
      await start([synchronized('Ada L.', fileAs, { personalNotes: 'likes tea' })], {
        profile: adopt(prefix),
      })
      const [before] = bobs()
      const plan = await fleet.plan()
      expect(plan.changes).toMatchObject([
        { action: 'create', key: id('c') },
        {
          action: 'update',
          key: id('a'),
          reason: 'adopted',
          targetId: before!['id'],
          fields: expect.arrayContaining([
            { field: 'jobTitle', before: 'Old title', after: 'Engineer' },
            { field: 'fileAs', before: fileAs, after: 'Lovelace, Ada' },
            { field: 'mark', before: null, after: `tenant-sync:gal:${id('a')}` },
          ]),
        },
      ])
      await fleet.apply()
      expect(named('Ada Lovelace')).toMatchObject({
        id: before!['id'],
        createdDateTime: before!['createdDateTime'],
        fileAs: 'Lovelace, Ada',
        jobTitle: 'Engineer',
        emailAddresses: [{ address: ADA.mail, name: 'Ada Lovelace' }],
        personalNotes: 'likes tea',
        singleValueExtendedProperties: markOf(id('a')),
      })
      expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
      expect(await fleet.plan()).toMatchObject({ outcome: 'no-changes', counts: { unchanged: 2 } })
    },
  )

  test('is taken over in one request: a run that is cut off leaves nobody half known', async () => {
    await start([OLD_ADA, OLD_CLEO])
    await fleet.apply()
    const writes = fleet.requests.filter(({ write }) => write)
    expect(writes.map(({ method }) => method)).toEqual(['PATCH', 'PATCH'])
    for (const { body } of writes)
      expect(body).toMatchObject({
        fileAs: expect.stringMatching(/, /),
        singleValueExtendedProperties: [{ id: MARK }],
      })
  })

  test.each([
    ['no surname', { surname: null }],
    ['no given name', { givenName: null }],
  ])('is filed by the display name where the person has %s', async (_, lacking) => {
    await start([], {
      users: [
        { ...ADA, ...lacking },
        { ...BOB, contacts: [OLD_ADA] },
      ],
    })
    await fleet.apply()
    expect(named('Ada Lovelace')['fileAs']).toBe('Ada Lovelace')
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('is filed as the profile says, where it says so', async () => {
    await start([OLD_ADA], { profile: `mapping: { fileAs: "{{surname}} ({{jobTitle}})" }\n${adopt()}` })
    await fleet.apply()
    expect(named('Ada Lovelace')['fileAs']).toBe('Lovelace (Engineer)')
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('that is as wanted but for mark and filing is no reason to write more', async () => {
    await start([
      synchronized('Cleo Clark', PREFIX + id('c'), {
        givenName: 'Cleo',
        surname: 'Clark',
        jobTitle: undefined,
        emailAddresses: [{ address: CLEO.mail!, name: 'Cleo Clark' }],
      }),
    ])
    const change = (await fleet.plan()).changes.find(({ reason }) => reason === 'adopted')!
    expect(change.fields.map(({ field }) => field)).toEqual(['fileAs', 'mark'])
  })

  test('in another folder than the profile’s is not its business', async () => {
    await start([OLD_ADA, { ...OLD_CLEO, folder: 'Colleagues' }], { to: 'folder: Colleagues' })
    const before = named('Ada L.')
    await fleet.apply()
    expect(named('Ada L.')).toEqual(before)
    expect(fleet.names(BOB)).toEqual(['Ada L.', 'Colleagues: Ada Lovelace', 'Colleagues: Cleo Clark'])
  })

  test('that bears the mark of another profile is the other’s, whatever it is filed as', async () => {
    await start([
      { ...OLD_ADA, singleValueExtendedProperties: [{ id: MARK, value: `tenant-sync:other:${id('a')}` }] },
    ])
    const [before] = bobs()
    await fleet.apply()
    expect(bobs()[0]).toEqual(before)
    expect(fleet.names(BOB)).toEqual(['Ada L.', 'Ada Lovelace', 'Cleo Clark'])
  })

  test.each([
    ['without `adopt`', FREE],
    ['under another prefix', adopt('Other')],
    ['under a prefix in another case', adopt(PREFIX.toLowerCase())],
  ])('is left alone %s', async (_, profile) => {
    await start([OLD_ADA, OLD_LEAVER], { profile })
    const before = bobs()
    await fleet.apply()
    expect(bobs().slice(0, 2)).toEqual(before)
    expect(fleet.names(BOB)).toEqual(['Ada L.', 'Ada Lovelace', 'Cleo Clark', 'Left Long Ago'])
  })

  test('is known by more than one prefix', async () => {
    await start([OLD_ADA, synchronized('Cleo C.', `Old-${id('c')}`)], {
      profile: `adopt: [{ o365synchronizer: { guidPrefix: ${PREFIX} } }, { o365synchronizer: { guidPrefix: Old- } }]`,
    })
    expect(told(await fleet.plan())).toEqual([
      'update Ada Lovelace: adopted, in 1',
      'update Cleo Clark: adopted, in 1',
    ])
  })
})

describe('one behind whom nobody stands', () => {
  test('is deleted, once somebody has seen it', async () => {
    await start([OLD_LEAVER])
    expect(told(await fleet.plan())).toContain('delete Left Long Ago: left-scope, in 1')
    expect(await fleet.apply('seen')).toMatchObject({
      outcome: 'applied',
      profiles: [{ done: { delete: 1 } }],
    })
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
    expect(fleet.tenants.lines('removed.ndjson')).toMatchObject([
      { mailbox: id('b'), removed: { displayName: 'Left Long Ago', fileAs: PREFIX + NOBODY } },
    ])
  })

  test.each(['limits', 'nobody'] as const)(
    'is held where %s approved: it does not bear our mark',
    async (approval) => {
      await start([OLD_ADA, OLD_LEAVER])
      const result = await fleet.apply(approval)
      expect(result).toMatchObject({
        outcome: 'held',
        profiles: [{ held: 1, done: { create: 1, update: 1, delete: 0 } }],
      })
      expect(result.profiles[0]!.changes).toContainEqual({ status: 'held', why: 'unmarked' })
      expect(fleet.names(BOB)).toContain('Left Long Ago')
    },
  )

  test('is held beside a leaver with our mark, who goes', async () => {
    const ours = {
      displayName: 'Ours',
      singleValueExtendedProperties: [{ id: MARK, value: `tenant-sync:gal:${id('8')}` }],
    }
    await start([OLD_LEAVER, ours])
    expect(await fleet.apply('limits')).toMatchObject({ profiles: [{ held: 1, done: { delete: 1 } }] })
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark', 'Left Long Ago'])
  })

  test('counts against the limit on deletes', async () => {
    await start([OLD_LEAVER], { profile: adopt().replace('deletes: 1000', 'deletes: 0') })
    expect((await fleet.plan()).limits).toMatchObject([
      { limit: 'deletes', count: 1, allowed: 0, managed: 1 },
    ])
    expect((await fleet.apply()).outcome).toBe('blocked')
    expect(fleet.names(BOB)).toEqual(['Left Long Ago'])
  })

  test('is left alone when its owner filed it by name before it was to go', async () => {
    await start([OLD_LEAVER])
    const mailbox = fleet.mailbox(BOB)
    fleet.tenants.simulator.faults.add({
      on: { operation: '/users/{id}/contacts/{id}', method: 'GET' },
      do: {
        call: () => mailbox.updateContact(mailbox.contactNamed('Left Long Ago')!, { fileAs: 'Mine' }),
        when: 'before',
      },
    })
    expect(await fleet.apply()).toMatchObject({
      outcome: 'partial',
      profiles: [{ failed: 1, done: { delete: 0 } }],
    })
    expect(fleet.names(BOB)).toContain('Left Long Ago')
    fleet.tenants.simulator.faults.clear()
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })
})

describe('two of one person', () => {
  test('are a double: the older is taken over, the newer goes', async () => {
    await start([OLD_ADA])
    const mailbox = fleet.mailbox(BOB)
    const first = mailbox.contactNamed('Ada L.')!
    Object.assign(mailbox.addContact({ ...first.properties }), { created: first.created + 60 })
    expect(told(await fleet.plan())).toEqual([
      'create Cleo Clark: new-in-source, in 1',
      'update Ada Lovelace: adopted, in 1',
      'delete Ada L.: duplicate, in 1',
    ])
    await fleet.apply()
    expect(named('Ada Lovelace')['id']).toBe(first.id)
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
  })

  test('of whom one bears our mark leave that one, be it the newer', async () => {
    await start([OLD_ADA, { displayName: 'Ada Lovelace', singleValueExtendedProperties: markOf(id('a')) }])
    const ours = named('Ada Lovelace')['id']
    expect(await fleet.apply('limits')).toMatchObject({ outcome: 'held', profiles: [{ held: 1 }] })
    await fleet.apply('seen')
    expect(named('Ada Lovelace')['id']).toBe(ours)
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
  })
})

describe('what can be taken over', () => {
  test('is managed: limits in per cent refer to it', async () => {
    await start([OLD_ADA, OLD_CLEO, OLD_LEAVER], {
      profile: adopt().replace('deletes: 1000', 'deletes: 10%'),
    })
    expect(await fleet.plan()).toMatchObject({ managed: 3, outcome: 'planned', allowed: { deletes: 3 } })
    fleet.profile({ from: '{ entra: fabrikam, where: "false" }' })
    expect((await fleet.plan()).limits).toMatchObject([{ limit: 'emptySource', managed: 3 }])
  })

  test('warns that O365-Synchronizer must be switched off, until it is taken over', async () => {
    await start([OLD_ADA, OLD_LEAVER])
    const warning = (await fleet.plan()).warnings.find(({ code }) => code === 'switch-off-o365synchronizer')
    expect(warning).toMatchObject({ message: expect.stringContaining('2 contacts') })
    await fleet.apply('limits')
    expect((await fleet.plan()).warnings).toContainEqual(
      expect.objectContaining({
        code: 'switch-off-o365synchronizer',
        message: expect.stringContaining('1 contact'),
      }),
    )
    await fleet.apply('seen')
    expect(await warnings()).not.toContain('switch-off-o365synchronizer')
  })

  test('is taken over in every mailbox, and stands once in the plan where it is the same', async () => {
    fleet = await Fleet.start({
      users: [ADA, { ...BOB, contacts: [OLD_ADA] }, { ...CLEO, contacts: [OLD_ADA] }],
      profile: adopt(),
    })
    expect(told(await fleet.plan())).toContain('update Ada Lovelace: adopted, in 2')
    await fleet.apply()
    for (const who of [BOB, CLEO]) expect(fleet.names(who)).toContain('Ada Lovelace')
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test.each([
    ['by `state: absent`', { profile: `state: absent\n${adopt()}` }],
    ['in a mailbox that is excluded', { mailboxes: `{ all: true, exclude: [${BOB.mail}] }` }],
  ])('is left as it is %s, where what bears our mark goes', async (_, given) => {
    await start(
      [OLD_ADA, OLD_LEAVER, { displayName: 'Ours', singleValueExtendedProperties: markOf(id('8')) }],
      given,
    )
    const [ada, leaver] = bobs()
    await fleet.apply()
    expect(bobs()).toEqual([ada, leaver])
    expect(await warnings()).not.toContain('switch-off-o365synchronizer')
  })
})

describe('the owner’s own entry', () => {
  const OWN = synchronized('Bob B.', PREFIX + id('b'))

  test('goes from their own mailbox, like a leaver’s', async () => {
    await start([OWN])
    expect(told(await fleet.plan())).toContain('delete Bob B.: left-scope, in 1')
    expect((await fleet.apply('limits')).outcome).toBe('held')
    await fleet.apply('seen')
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
  })

  test('is taken over where `includeOwner` wants it', async () => {
    await start([OWN], { to: 'includeOwner: true' })
    const [before] = bobs()
    await fleet.apply()
    expect(named('Bob Brown')).toMatchObject({ id: before!['id'], fileAs: 'Brown, Bob' })
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })
})

test.each([PREFIX, ''])(
  'people’s own contacts are not touched, whatever they are filed as (prefix "%s")',
  async (prefix) => {
    const filedAs = [
      undefined,
      '',
      'Lovelace, Ada',
      PREFIX,
      `${PREFIX}Ada`,
      `${PREFIX}${id('a')} and more`,
      `${PREFIX}${id('a').slice(1)}`,
      `${PREFIX}${id('g')}`,
      `My ${PREFIX}${id('a')}`,
      `My ${id('a')}`,
      `${id('a')}, Ada`,
      'aaaaaaaa-0000-4000',
    ]
    const own = filedAs.map((fileAs, index) => ({
      displayName: `Own ${index}`,
      emailAddresses: [{ address: ADA.mail!, name: 'My Ada' }],
      ...(fileAs !== undefined && { fileAs }),
    }))
    await start(own, { profile: adopt(prefix) })
    const before = bobs()
    await fleet.apply()
    expect(bobs().slice(0, own.length)).toEqual(before)
    fleet.tenants.directory.removeUser(ADA.userPrincipalName)
    await fleet.apply()
    fleet.profile({ profile: `state: absent\n${adopt(prefix)}` })
    await fleet.apply()
    expect(bobs()).toEqual(before)
  },
)

test('somebody hidden, disabled or outside the source is nobody: their contact is a leaver’s', async () => {
  await start([OLD_ADA, OLD_CLEO], {
    users: [
      { ...ADA, accountEnabled: false },
      { ...BOB, contacts: [OLD_ADA, OLD_CLEO] },
      { ...CLEO, department: 'Board' },
      user('Dan Dell', { id: id('d') }),
    ],
    from: '{ entra: fabrikam, where: department != "Board" }',
  })
  expect(told(await fleet.plan())).toEqual([
    'create Dan Dell: new-in-source, in 1',
    'delete Ada L.: left-scope, in 1',
    'delete Cleo C.: left-scope, in 1',
  ])
})
