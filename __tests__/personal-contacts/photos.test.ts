/** People's photos on their contacts: read once a person and run, written where they changed, never taken away. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { ADA, BOB, CLEO, Fleet, id, MARK, told, type Given } from '../mailboxes.ts'
import { CONTOSO, user } from '../people.ts'

let fleet: Fleet
afterEach(() => fleet.stop())

const TAG = `${MARK}-photo`
const METADATA = '/users/{id}/photo'
const SOURCE = '/users/{id}/photo/$value'
const TARGET = '/users/{id}/contacts/{id}/photo/$value'
const CONTACT = '/users/{id}/contacts/{id}'
const FREE = 'limits: { creates: 1000, updates: 1000, deletes: 1000 }'

const PICTURED = [{ ...ADA, photo: 'a picture of Ada' }, { ...BOB, photo: 'a picture of Bob' }, CLEO]

const start = async (given: Given = {}) =>
  (fleet = await Fleet.start({ users: PICTURED, to: 'photos: true', profile: FREE, ...given }))

/** Requests of one operation since a number of them, the steps of batches among them. */
const asked = (operation: string, since = 0) =>
  fleet.requests.slice(since).filter((request) => request.operation === operation)
const writes = (since = 0) => fleet.requests.slice(since).filter(({ write }) => write)
const source = (tenant = 'fabrikam') => fleet.tenants.simulator.world.tenants.get(tenant)!.mailboxes

/** What is on the contact of this name in a mailbox: the picture, and the entity tag kept beside it. */
function photoOn(where: typeof ADA, displayName: string): { picture?: string; tag?: string } {
  const contact = fleet.mailbox(where).contactNamed(displayName)!
  const properties = contact.properties['singleValueExtendedProperties'] as { id: string; value: string }[]
  const tag = properties.find(({ id: property }) => property === TAG)?.value
  return {
    ...(contact.photo && { picture: Buffer.from(contact.photo.bytes).toString() }),
    ...(tag !== undefined && { tag }),
  }
}
const photoOf = (who: typeof ADA, picture: string) => ({
  picture,
  tag: source().photo(who.userPrincipalName)!.etag,
})

describe('a first run', () => {
  test('puts everybody’s photo on their contacts, with its entity tag beside it', async () => {
    await start()
    const plan = await fleet.plan()
    expect(plan.changes.map(({ fields }) => fields.some(({ field }) => field === 'photo'))).toEqual([
      true,
      true,
      false,
    ])
    expect(await fleet.apply()).toMatchObject({ outcome: 'applied', profiles: [{ done: { create: 6 } }] })
    for (const where of [BOB, CLEO])
      expect(photoOn(where, 'Ada Lovelace')).toEqual(photoOf(ADA, 'a picture of Ada'))
    for (const where of [ADA, CLEO])
      expect(photoOn(where, 'Bob Brown')).toEqual(photoOf(BOB, 'a picture of Bob'))
    expect(photoOn(ADA, 'Cleo Clark')).toEqual({})
  })

  test('reads each once: first who has one, in a batch; then each that is written, for all mailboxes', async () => {
    await start()
    await fleet.apply()
    expect(asked(METADATA)).toHaveLength(3)
    expect(asked(SOURCE)).toHaveLength(2)
    expect(asked(TARGET)).toHaveLength(4)
    // None of them goes out alone.
    const alone = fleet.requests
      .filter(({ service }) => service === 'graph')
      .map(({ operation }) => operation)
    expect(alone.filter((operation) => operation === '/$batch').length).toBeLessThan(12)
  })

  test('reads no picture for a plan', async () => {
    await start()
    await fleet.plan()
    expect([asked(METADATA).length, asked(SOURCE).length]).toEqual([3, 0])
  })

  test('reads and writes none where the profile does not want them', async () => {
    await start({ to: 'photos: false' })
    await fleet.apply()
    expect([...asked(METADATA), ...asked(SOURCE), ...asked(TARGET)]).toEqual([])
    expect(photoOn(BOB, 'Ada Lovelace')).toEqual({})
  })

  test('leaves nothing to do for the second, which reads no picture', async () => {
    await start()
    await fleet.apply()
    const since = fleet.requests.length
    expect((await fleet.apply()).outcome).toBe('no-changes')
    expect([writes(since), asked(SOURCE, since)]).toEqual([[], []])
    expect(asked(METADATA, since)).toHaveLength(3)
  })
})

describe('a photo that changed', () => {
  test('is written everywhere, and nothing else is', async () => {
    await start()
    await fleet.apply()
    source().setPhoto(ADA.userPrincipalName, 'Ada, older')
    expect(told(await fleet.plan())).toEqual(['update Ada Lovelace: source-changed, in 2'])
    expect((await fleet.plan()).changes[0]!.fields.map(({ field }) => field)).toEqual(['photo'])
    const since = fleet.requests.length
    await fleet.apply()
    for (const where of [BOB, CLEO])
      expect(photoOn(where, 'Ada Lovelace')).toEqual(photoOf(ADA, 'Ada, older'))
    expect(asked(SOURCE, since)).toHaveLength(1)
    expect(asked(TARGET, since)).toHaveLength(2)
    for (const { body } of asked(CONTACT, since).filter(({ write }) => write))
      expect(Object.keys(body as object).sort()).toEqual(['displayName', 'singleValueExtendedProperties'])
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('along with a title is written along with it', async () => {
    await start()
    await fleet.apply()
    source().setPhoto(ADA.userPrincipalName, 'Ada, older')
    fleet.tenants.directory.updateUser(ADA.userPrincipalName, { jobTitle: 'Countess' })
    expect((await fleet.plan()).changes).toMatchObject([
      { fields: [{ field: 'jobTitle' }, { field: 'photo' }] },
    ])
    await fleet.apply()
    expect(fleet.mailbox(BOB).contactNamed('Ada Lovelace')!.properties['jobTitle']).toBe('Countess')
    expect(photoOn(BOB, 'Ada Lovelace')).toEqual(photoOf(ADA, 'Ada, older'))
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('keeps the mark, and the name as the profile wants it', async () => {
    await start({ profile: `mapping: { displayName: "{{displayName}} (Fabrikam)" }\n${FREE}` })
    await fleet.apply()
    source().setPhoto(ADA.userPrincipalName, 'Ada, older')
    await fleet.apply()
    const contact = fleet.mailbox(BOB).contactNamed('Ada Lovelace (Fabrikam)')!
    expect(contact.properties['singleValueExtendedProperties']).toContainEqual({
      id: MARK,
      value: `tenant-sync:gal:${id('a')}`,
    })
  })

  test('counts against the limit on updates', async () => {
    await start()
    await fleet.apply()
    source().setPhoto(ADA.userPrincipalName, 'Ada, older')
    fleet.profile({ profile: 'limits: { updates: 1 }' })
    expect((await fleet.apply()).outcome).toBe('blocked')
    expect(photoOn(BOB, 'Ada Lovelace').picture).toBe('a picture of Ada')
  })
})

describe('what is no change', () => {
  test('a photo that was removed at the source is left', async () => {
    await start()
    await fleet.apply()
    const before = photoOn(BOB, 'Ada Lovelace')
    source().setPhoto(ADA.userPrincipalName, undefined)
    expect((await fleet.plan()).outcome).toBe('no-changes')
    expect((await fleet.apply()).outcome).toBe('no-changes')
    expect(photoOn(BOB, 'Ada Lovelace')).toEqual(before)
  })

  test('a photo that is no longer wanted by the profile is left', async () => {
    await start()
    await fleet.apply()
    const before = photoOn(BOB, 'Ada Lovelace')
    fleet.profile({ to: 'photos: false' })
    expect((await fleet.apply()).outcome).toBe('no-changes')
    expect(photoOn(BOB, 'Ada Lovelace')).toEqual(before)
  })

  test('a photo that somebody put on the contact of one who has none stays', async () => {
    await start()
    await fleet.apply()
    const mailbox = fleet.mailbox(ADA)
    mailbox.setContactPhoto(mailbox.contactNamed('Cleo Clark')!, 'Cleo at the beach')
    expect((await fleet.apply()).outcome).toBe('no-changes')
    expect(photoOn(ADA, 'Cleo Clark')).toEqual({ picture: 'Cleo at the beach' })
  })

  test('a change of a title leaves the photo as it is', async () => {
    await start()
    await fleet.apply()
    fleet.tenants.directory.updateUser(ADA.userPrincipalName, { jobTitle: 'Countess' })
    const since = fleet.requests.length
    await fleet.apply()
    expect(asked(TARGET, since)).toEqual([])
    expect(photoOn(BOB, 'Ada Lovelace')).toEqual(photoOf(ADA, 'a picture of Ada'))
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })
})

describe('a run that is cut off', () => {
  test('between the photo and its tag writes it again', async () => {
    await start({ mailboxes: `{ users: [${BOB.mail}] }` })
    fleet.tenants.simulator.faults.add({ on: { operation: CONTACT, method: 'PATCH' }, do: { status: 400 } })
    expect((await fleet.apply()).outcome).toBe('partial')
    expect(photoOn(BOB, 'Ada Lovelace')).toEqual({ picture: 'a picture of Ada' })
    fleet.tenants.simulator.faults.clear()
    expect(told(await fleet.plan())).toEqual(['update Ada Lovelace: source-changed, in 1'])
    const since = fleet.requests.length
    await fleet.apply()
    expect(writes(since).map(({ operation }) => operation)).toEqual([TARGET, CONTACT])
    expect(photoOn(BOB, 'Ada Lovelace')).toEqual(photoOf(ADA, 'a picture of Ada'))
  })

  test('before the photo leaves the contact, which gets it the next time', async () => {
    await start({ mailboxes: `{ users: [${BOB.mail}] }` })
    fleet.tenants.simulator.faults.add({ on: { operation: TARGET }, do: { status: 400 } })
    const result = await fleet.apply()
    expect(result).toMatchObject({ outcome: 'partial', profiles: [{ failed: 1, done: { create: 1 } }] })
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
    fleet.tenants.simulator.faults.clear()
    expect(await fleet.apply()).toMatchObject({
      outcome: 'applied',
      profiles: [{ done: { create: 0, update: 1 } }],
    })
    expect(photoOn(BOB, 'Ada Lovelace')).toEqual(photoOf(ADA, 'a picture of Ada'))
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
  })

  test.each(['before', 'after'] as const)(
    'by an answer lost %s the photo was written, repeats it',
    async (lost) => {
      await start({ mailboxes: `{ users: [${BOB.mail}] }` })
      fleet.tenants.simulator.faults.add({ on: { operation: TARGET, nth: 1 }, do: { lost } })
      expect((await fleet.apply()).outcome).toBe('applied')
      expect(photoOn(BOB, 'Ada Lovelace')).toEqual(photoOf(ADA, 'a picture of Ada'))
      expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
    },
  )
})

describe('a photo that is taken away while the run goes on', () => {
  const vanishing = () =>
    fleet.tenants.simulator.faults.add({
      on: { operation: SOURCE, nth: 1 },
      do: { call: () => source().setPhoto(ADA.userPrincipalName, undefined), when: 'before' },
    })

  test('is not written; the contact is', async () => {
    await start({ users: [PICTURED[0]!, BOB] })
    vanishing()
    expect((await fleet.apply()).outcome).toBe('applied')
    expect(photoOn(BOB, 'Ada Lovelace')).toEqual({})
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('is asked for once all the same', async () => {
    await start({ users: [PICTURED[0]!, BOB, CLEO] })
    vanishing()
    await fleet.apply()
    expect(asked(SOURCE)).toHaveLength(1)
    expect(asked(TARGET)).toEqual([])
  })
})

test('a photo that cannot be read fails its person, and nobody else', async () => {
  await start()
  fleet.tenants.simulator.faults.add({
    on: { operation: SOURCE, path: encodeURIComponent(id('a')) },
    do: { status: 400 },
  })
  expect(await fleet.apply()).toMatchObject({
    outcome: 'partial',
    profiles: [{ failed: 2, done: { create: 4 } }],
  })
  expect(photoOn(CLEO, 'Bob Brown')).toEqual(photoOf(BOB, 'a picture of Bob'))
  fleet.tenants.simulator.faults.clear()
  expect((await fleet.apply()).outcome).toBe('applied')
  expect(photoOn(CLEO, 'Ada Lovelace')).toEqual(photoOf(ADA, 'a picture of Ada'))
  expect((await fleet.plan()).outcome).toBe('no-changes')
})

test.each([
  ['several megabytes together', 1_300_000],
  ['as large as a batch bears', 2_900_000],
])('photos of %s go in batches of their own', async (_, size) => {
  const picture = (letter: string) => letter.repeat(size)
  await start({
    users: [
      { ...ADA, photo: picture('a') },
      { ...BOB, photo: picture('b') },
      { ...CLEO, photo: picture('c') },
    ],
  })
  expect((await fleet.apply()).outcome).toBe('applied')
  expect(photoOn(ADA, 'Cleo Clark').picture === picture('c')).toBe(true)
  expect(photoOn(CLEO, 'Bob Brown').picture === picture('b')).toBe(true)
  expect(fleet.requests.map(({ status }) => status)).not.toContain(413)
  expect((await fleet.plan()).outcome).toBe('no-changes')
})

test('a photo that fits a request, and no batch, is written too', async () => {
  const picture = 'a'.repeat(3_300_000)
  await start({ users: [{ ...ADA, photo: picture }, BOB] })
  expect((await fleet.apply()).outcome).toBe('applied')
  expect(photoOn(BOB, 'Ada Lovelace').picture === picture).toBe(true)
})

describe('sources', () => {
  const VISITOR = {
    ...user('Vic Visitor', { id: id('d'), photo: 'a picture of Vic' }),
    userPrincipalName: 'vic@contoso.com',
    mail: 'vic@contoso.com',
  }

  test('of several tenants are asked each for its own people', async () => {
    await start({
      contoso: { tenantId: CONTOSO, users: [VISITOR] },
      from: '{ entra: fabrikam }, { entra: contoso }',
      mailboxes: `{ users: [${CLEO.mail}] }`,
    })
    expect((await fleet.apply()).outcome).toBe('applied')
    expect(photoOn(CLEO, 'Vic Visitor')).toEqual({
      picture: 'a picture of Vic',
      tag: source('contoso').photo(VISITOR.userPrincipalName)!.etag,
    })
    expect(photoOn(CLEO, 'Ada Lovelace')).toEqual(photoOf(ADA, 'a picture of Ada'))
    const pictures = asked(SOURCE).map(({ tenant }) => tenant)
    expect(pictures.toSorted()).toEqual(['contoso', 'fabrikam', 'fabrikam'])
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('without photos, such as organizational contacts, give contacts without', async () => {
    const otto = { Name: 'Otto', DisplayName: 'Otto Outside', ExternalEmailAddress: 'otto@example.com' }
    await start({
      fabrikam: { mailContacts: [otto] },
      from: '{ entra: fabrikam, include: [members, org-contacts] }',
    })
    expect((await fleet.apply()).outcome).toBe('applied')
    expect(photoOn(CLEO, 'Otto Outside')).toEqual({})
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })
})
