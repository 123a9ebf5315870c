/** What goes wrong on the way leads to no double and no deletion, takes no neighbour along, and the next run is right again. */
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Fault, Match } from '../../src/simulator/faults.ts'
import { ADA, app, BOB, CLEO, Fleet, id, told, type Given } from '../mailboxes.ts'
import { user } from '../people.ts'

let fleet: Fleet
const start = async (given: Given = {}) => (fleet = await Fleet.start({ profile: FREE, ...given }))
afterEach(async () => {
  await fleet.tenants.idle()
  await fleet.stop()
})

const FREE = 'limits: { creates: 1000, updates: 1000, deletes: 1000 }'
const BATCH = '/$batch'
const CONTACTS = '/users/{id}/contacts'
const CONTACT = '/users/{id}/contacts/{id}'
const FOLDERS = '/users/{id}/contactFolders'
const FILED = '/users/{id}/contactFolders/{id}/contacts'
/** A refusal for good, as Outlook words one: what a poison contact gets. */
const REFUSED: Fault = {
  status: 400,
  body: { error: { code: 'ErrorInvalidArgument', message: 'This one is poison.' } },
}

const strike = (on: Match, does: Fault) => fleet.tenants.simulator.faults.add({ on, do: does })
const calm = () => fleet.tenants.simulator.faults.clear()
const everybody = () => [ADA, BOB, CLEO].map((who) => fleet.names(who))
const OTHERS = [
  ['Bob Brown', 'Cleo Clark'],
  ['Ada Lovelace', 'Cleo Clark'],
  ['Ada Lovelace', 'Bob Brown'],
]
const writes = (since = 0) => fleet.requests.slice(since).filter(({ write }) => write)
const statuses = (since = 0) => fleet.requests.slice(since).map(({ status }) => status)
const disable = (who: typeof ADA) =>
  fleet.tenants.directory.updateUser(who.userPrincipalName, { accountEnabled: false })
const retitle = () => fleet.tenants.directory.updateUser(ADA.userPrincipalName, { jobTitle: 'Countess' })

/** Everybody has everybody else once, and there is nothing to do. */
async function expectAllRight(others = OTHERS) {
  calm()
  expect((await fleet.plan()).changes).toEqual([])
  expect(everybody()).toEqual(others)
}

const PASSING: [string, Fault][] = [
  ['429 for a decimal', { status: 429, retryAfter: '0.128' }],
  ['429 that says nothing more', { status: 429 }],
  ['503 for a decimal', { status: 503, retryAfter: 0.021 }],
  ['503 that says nothing more', { status: 503 }],
  ['504', { status: 504, retryAfter: 0.01 }],
  ['500', { status: 500 }],
  ['502', { status: 502, retryAfter: 0.01 }],
]

describe('a fault of the moment', () => {
  describe.each(PASSING)('(%s)', (_, does) => {
    test('on a step delays that step: all is made, and nothing twice', async () => {
      await start({ to: 'folder: Colleagues' })
      for (const operation of [FOLDERS, FILED])
        for (const method of ['GET', 'POST']) strike({ operation, method, nth: 1 }, does)
      expect(await fleet.apply()).toMatchObject({ outcome: 'applied', profiles: [{ done: { create: 9 } }] })
      expect(fleet.mailbox(ADA).folders).toHaveLength(1)
      await expectAllRight(OTHERS.map((names) => names.map((name) => `Colleagues: ${name}`)))
    })

    test('on an update or a deletion delays it', async () => {
      await start()
      await fleet.apply()
      retitle()
      disable(CLEO)
      for (const method of ['PATCH', 'DELETE', 'GET']) strike({ operation: CONTACT, method, nth: 1 }, does)
      expect(await fleet.apply()).toMatchObject({
        outcome: 'applied',
        profiles: [{ done: { update: 2, delete: 2 } }],
      })
      await expectAllRight([['Bob Brown'], ['Ada Lovelace'], ['Ada Lovelace', 'Bob Brown']])
    })

    test('on a whole batch, whichever it is, delays what is in it', async () => {
      let nth = 0
      for (let struck = true; struck;) {
        nth++
        await start()
        struck = false
        strike({ operation: BATCH, nth }, { call: () => void (struck = true), when: 'before' })
        strike({ operation: BATCH, nth }, does)
        expect((await fleet.apply()).outcome).toBe('applied')
        await expectAllRight()
        if (struck) await fleet.stop()
      }
      // One to read and one to write, at least.
      expect(nth).toBeGreaterThan(2)
    })
  })
})

describe('an answer that is lost', () => {
  test.each<[string, string, Given, Fault]>([
    ['a contact, before it was made', CONTACTS, {}, { lost: 'before' }],
    ['a contact, after it was made', CONTACTS, {}, { lost: 'after' }],
    ['a folder, before it was made', FOLDERS, { to: 'folder: Colleagues' }, { lost: 'before' }],
    ['a folder, after it was made', FOLDERS, { to: 'folder: Colleagues' }, { lost: 'after' }],
    ['a contact in a folder, after it was made', FILED, { to: 'folder: Colleagues' }, { lost: 'after' }],
  ])('(%s) leads to no double, whichever it is', async (_, operation, given, does) => {
    const where = given.to ? 'Colleagues: ' : ''
    for (const nth of [1, 2, 3]) {
      await start(given)
      strike({ operation, method: 'POST', nth }, does)
      expect((await fleet.apply()).outcome).toBe('applied')
      for (const who of [ADA, BOB, CLEO])
        expect(fleet.mailbox(who).folders).toHaveLength(where === '' ? 0 : 1)
      await expectAllRight(OTHERS.map((names) => names.map((name) => `${where}${name}`)))
      if (nth < 3) await fleet.stop()
    }
  })

  test.each<[string, string, Fault]>([
    ['an update, before it was done', 'PATCH', { lost: 'before' }],
    ['an update, after it was done', 'PATCH', { lost: 'after' }],
    ['a deletion, before it was done', 'DELETE', { lost: 'before' }],
    ['a deletion, after it was done', 'DELETE', { lost: 'after' }],
  ])('(%s) is asked for again', async (_, method, does) => {
    await start()
    await fleet.apply()
    retitle()
    disable(CLEO)
    strike({ operation: CONTACT, method, nth: 1 }, does)
    expect(await fleet.apply()).toMatchObject({
      outcome: 'applied',
      profiles: [{ done: { update: 2, delete: 2 } }],
    })
    await expectAllRight([['Bob Brown'], ['Ada Lovelace'], ['Ada Lovelace', 'Bob Brown']])
  })

  test.each<[string, Fault]>([
    ['HTML that says 200', { html: true, status: 200 }],
    ['HTML that says 502', { html: true, status: 502 }],
    ['an empty 500', { status: 500, body: '' }],
  ])('(%s instead of a batch’s answers) leads to no double', async (_, does) => {
    for (const nth of [1, 2, 3]) {
      await start()
      strike({ operation: BATCH, nth }, does)
      expect((await fleet.apply()).outcome).toBe('applied')
      await expectAllRight()
      if (nth < 3) await fleet.stop()
    }
  })

  test('for ever fails the creation; the next run finds what was made', async () => {
    await start({ mailboxes: `{ users: [${BOB.mail}] }` })
    const after = 'after' as const
    strike({ operation: CONTACTS, method: 'POST', nth: 1 }, { lost: after })
    strike({ operation: CONTACTS, method: 'GET', nth: 2, times: 50 }, { status: 400 })
    const result = await fleet.apply()
    expect(result.outcome).toMatch(/^(partial|failed)$/)
    calm()
    await fleet.apply()
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace', 'Cleo Clark'])
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })
})

describe('HTML that says 404, which no Graph would', () => {
  test('is no word that a contact is gone: its deletion is not done', async () => {
    await start()
    await fleet.apply()
    disable(CLEO)
    strike({ operation: CONTACT, method: 'GET', nth: 1 }, { html: true, status: 404 })
    const result = await fleet.apply()
    const left = [ADA, BOB].filter((who) => fleet.names(who).includes('Cleo Clark'))
    expect(result.profiles[0]!.done.delete).toBe(2 - left.length)
  })

  test('is no word that nobody goes by an excluded id: nothing is written there', async () => {
    await start({
      mailboxes: `{ all: true, exclude: [${id('b')}] }`,
      from: '{ entra: fabrikam, where: displayName != "Bob Brown" }',
    })
    strike({ operation: '/users/{id}', nth: 1 }, { html: true, status: 404 })
    await fleet.apply()
    expect(fleet.names(BOB)).toEqual([])
  })
})

describe('a token that is no longer good', () => {
  test('in any batch is renewed', async () => {
    for (const nth of [1, 2, 3]) {
      await start()
      strike({ operation: BATCH, nth }, { expireTokens: true })
      expect((await fleet.apply()).outcome).toBe('applied')
      await expectAllRight()
      if (nth < 3) await fleet.stop()
    }
  })

  const afterRefusal = async (operation: string, method: string) => {
    await start()
    fleet.profile({ from: '{ entra: fabrikam, where: displayName != "Bob Brown" }' })
    await fleet.apply()
    fleet.profile({ from: '{ entra: fabrikam }' })
    retitle()
    disable(CLEO)
    strike({ operation, method, nth: 1 }, { expireTokens: true })
    return (await fleet.apply()).outcome
  }

  test.each([
    ['a read', CONTACTS, 'GET'],
    ['an update', CONTACT, 'PATCH'],
    ['a deletion', CONTACT, 'DELETE'],
  ])(
    'in the middle of a batch (%s) is renewed: what was refused was not done',
    async (_, operation, method) => {
      expect(await afterRefusal(operation, method)).toBe('applied')
      await expectAllRight([['Bob Brown'], ['Ada Lovelace'], ['Ada Lovelace', 'Bob Brown']])
    },
  )

  test('in the middle of a batch (a creation) is renewed: what was refused was not done', async () => {
    expect(await afterRefusal(CONTACTS, 'POST')).toBe('applied')
  })
})

describe('a contact that is refused for good', () => {
  test('in one mailbox leaves its neighbours, and the person’s other mailboxes; the next run completes it', async () => {
    await start()
    await fleet.apply()
    retitle()
    disable(CLEO)
    const poison = fleet.mailbox(BOB).contactNamed('Ada Lovelace')!
    strike({ operation: CONTACT, method: 'PATCH', path: encodeURIComponent(poison.id) }, REFUSED)
    const result = await fleet.apply()
    expect(result).toMatchObject({
      outcome: 'partial',
      profiles: [{ failed: 1, done: { update: 1, delete: 2 } }],
    })
    expect(result.profiles[0]!.changes).toContainEqual({
      status: 'divided',
      done: 1,
      failures: [{ mailbox: BOB.mail, error: expect.objectContaining({ code: 'ErrorInvalidArgument' }) }],
      skipped: [],
    })
    calm()
    expect(told(await fleet.plan())).toEqual(['update Ada Lovelace: source-changed, in 1'])
    expect((await fleet.apply()).outcome).toBe('applied')
    await expectAllRight([['Bob Brown'], ['Ada Lovelace'], ['Ada Lovelace', 'Bob Brown']])
  })

  test.each([1, 2, 3, 4, 5, 6])('when it is made, as number %i, leaves the others', async (nth) => {
    await start()
    strike({ operation: CONTACTS, method: 'POST', nth }, REFUSED)
    expect(await fleet.apply()).toMatchObject({
      outcome: 'partial',
      profiles: [{ failed: 1, done: { create: 5 } }],
    })
    calm()
    expect(await fleet.apply()).toMatchObject({ outcome: 'applied', profiles: [{ done: { create: 1 } }] })
    await expectAllRight()
  })

  test('when it is to go leaves the others', async () => {
    await start()
    await fleet.apply()
    disable(CLEO)
    const poison = fleet.mailbox(BOB).contactNamed('Cleo Clark')!
    strike({ operation: CONTACT, method: 'DELETE', path: encodeURIComponent(poison.id) }, REFUSED)
    expect(await fleet.apply()).toMatchObject({
      outcome: 'partial',
      profiles: [{ failed: 1, done: { delete: 1 } }],
    })
    expect(fleet.names(ADA)).toEqual(['Bob Brown'])
    calm()
    await fleet.apply()
    expect(fleet.names(BOB)).toEqual(['Ada Lovelace'])
  })

  test('and is the only one fails the run', async () => {
    await start({ users: [ADA, BOB], mailboxes: `{ users: [${BOB.mail}] }` })
    strike({ operation: CONTACTS, method: 'POST' }, REFUSED)
    const result = await fleet.apply()
    expect(result).toMatchObject({ outcome: 'failed', profiles: [{ failed: 1, done: { create: 0 } }] })
    expect(fleet.names(BOB)).toEqual([])
  })

  test('as a folder stops what goes into it, and nothing of other mailboxes', async () => {
    await start({ to: 'folder: Colleagues' })
    strike({ operation: FOLDERS, method: 'POST', path: id('b') }, REFUSED)
    expect(await fleet.apply()).toMatchObject({
      outcome: 'partial',
      profiles: [{ failed: 1, skipped: 2, done: { create: 6 } }],
    })
    expect([fleet.names(BOB), fleet.names(ADA)]).toEqual([
      [],
      ['Colleagues: Bob Brown', 'Colleagues: Cleo Clark'],
    ])
    calm()
    expect((await fleet.apply()).outcome).toBe('applied')
    await expectAllRight(OTHERS.map((names) => names.map((name) => `Colleagues: ${name}`)))
  })

  test('because its owner removed it is made anew the next time', async () => {
    await start()
    await fleet.apply()
    retitle()
    const mailbox = fleet.mailbox(BOB)
    const contact = mailbox.contactNamed('Ada Lovelace')!
    strike(
      { operation: CONTACT, method: 'PATCH', path: encodeURIComponent(contact.id) },
      { call: () => mailbox.removeContact(contact), when: 'before' },
    )
    expect(await fleet.apply()).toMatchObject({
      outcome: 'partial',
      profiles: [{ failed: 1, done: { update: 1 } }],
    })
    calm()
    expect(told(await fleet.plan())).toEqual(['create Ada Lovelace: new-in-source, in 1'])
    await fleet.apply()
    await expectAllRight()
  })

  test('because its owner removed it, when it was to go anyway, is gone', async () => {
    await start()
    await fleet.apply()
    disable(CLEO)
    const mailbox = fleet.mailbox(BOB)
    const contact = mailbox.contactNamed('Cleo Clark')!
    const path = encodeURIComponent(contact.id)
    strike(
      { operation: CONTACT, method: 'DELETE', path },
      { call: () => mailbox.removeContact(contact), when: 'before' },
    )
    expect((await fleet.apply()).outcome).toBe('applied')
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })
})

describe('a mailbox that cannot be read', () => {
  /** More of Bob's own than a page holds. */
  const OWN = Array.from({ length: 1005 }, (_, index) => ({ displayName: `Own ${index}` }))
  const ofBob = (operation: string, more: Partial<Match> = {}): Match => ({
    operation,
    path: id('b'),
    ...more,
  })
  const established = async () => {
    await start({ users: [ADA, { ...BOB, contacts: OWN }, CLEO] })
    await fleet.apply()
    disable(CLEO)
    retitle()
  }

  test('(many pages, all there) is read to the end', async () => {
    await established()
    expect(told(await fleet.plan())).toEqual([
      'update Ada Lovelace: source-changed, in 2',
      'delete Cleo Clark: left-scope, in 2',
    ])
    await fleet.apply()
    expect(fleet.mailbox(BOB).contactNamed('Cleo Clark')).toBeUndefined()
    expect([...fleet.mailbox(BOB).contacts()]).toHaveLength(1006)
  })

  test.each<[string, Match, Fault]>([
    ['refused', ofBob(CONTACTS, { method: 'GET' }), REFUSED],
    ['kept out', ofBob(CONTACTS, { method: 'GET' }), { status: 403 }],
    ['out, for good', ofBob(CONTACTS, { method: 'GET' }), { status: 503, retryAfter: 0.001 }],
    ['HTML that says 200', ofBob(CONTACTS, { method: 'GET' }), { html: true, status: 200 }],
    ['HTML that says 404', ofBob(CONTACTS, { method: 'GET' }), { html: true, status: 404 }],
    ['its second page refused', ofBob(CONTACTS, { method: 'GET', nth: 2, times: 20 }), REFUSED],
    ['its second page gone', ofBob(CONTACTS, { method: 'GET', nth: 2, times: 20 }), { status: 404 }],
    [
      'its second page HTML that says 200',
      ofBob(CONTACTS, { method: 'GET', nth: 2, times: 20 }),
      { html: true, status: 200 },
    ],
    [
      'to be asked in an hour',
      ofBob(CONTACTS, { method: 'GET', nth: 2, times: 20 }),
      { status: 429, retryAfter: 3600 },
    ],
  ])('(%s) is left as it is and told of; the others are written', async (_, on, does) => {
    await established()
    const before = fleet.mailbox(BOB).snapshot()
    strike(on, does)
    const since = fleet.requests.length
    const result = await fleet.apply()
    expect(result.outcome).toBe('partial')
    expect(result.plan.profiles[0]).toMatchObject({
      skipped: [{ key: BOB.mail, reason: 'mailbox-unavailable', detail: expect.stringMatching(/./) }],
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'mailbox-unavailable' })]),
    })
    expect(fleet.mailbox(BOB).snapshot()).toEqual(before)
    expect(writes(since).filter(({ path }) => path.includes(id('b')))).toEqual([])
    expect(fleet.names(ADA)).toEqual(['Bob Brown'])
    calm()
    expect((await fleet.apply()).outcome).toBe('applied')
    expect(fleet.mailbox(BOB).contactNamed('Cleo Clark')).toBeUndefined()
    expect(fleet.mailbox(BOB).contactNamed('Ada Lovelace')!.properties['jobTitle']).toBe('Countess')
  })

  test('and has nothing to do beside it ends partial all the same', async () => {
    await start()
    await fleet.apply()
    strike(ofBob(CONTACTS, { method: 'GET' }), REFUSED)
    expect((await fleet.plan()).outcome).toBe('no-changes')
    expect((await fleet.apply()).outcome).toBe('partial')
  })

  test('like all of them fails the profile: the service is out', async () => {
    await start()
    await fleet.apply()
    disable(CLEO)
    const before = [ADA, BOB, CLEO].map((who) => fleet.mailbox(who).snapshot())
    strike({ operation: CONTACTS, method: 'GET' }, { status: 503, retryAfter: 0.001 })
    expect(await fleet.plan()).toMatchObject({ outcome: 'failed', errors: [{ code: 'ServiceUnavailable' }] })
    expect((await fleet.apply()).outcome).toBe('failed')
    expect([ADA, BOB, CLEO].map((who) => fleet.mailbox(who).snapshot())).toEqual(before)
  })
})

describe('people or mailboxes that were not read whole', () => {
  test.each<[string, Match]>([
    ['people', { operation: '/users' }],
    ['members of the group of mailboxes', { operation: '/groups/{id}/transitiveMembers' }],
  ])('(%s) fail the profile, and nothing is written', async (_, on) => {
    await start({
      fabrikam: { groups: [{ displayName: 'Field Staff', members: [BOB.userPrincipalName] }] },
      mailboxes: '{ groups: [Field Staff] }',
    })
    await fleet.apply()
    disable(CLEO)
    const before = fleet.mailbox(BOB).snapshot()
    strike(on, REFUSED)
    expect(await fleet.apply()).toMatchObject({ outcome: 'failed' })
    expect(fleet.mailbox(BOB).snapshot()).toEqual(before)
  })
})

describe('a permission that is missing', () => {
  const without = (...permissions: string[]) =>
    start({
      fabrikam: { apps: [app({ permissions: ['User.Read.All', 'GroupMember.Read.All', ...permissions] })] },
    })

  test('to read contacts fails the profile, with the command that grants it', async () => {
    await without()
    const { outcome, errors, skipped } = await fleet.plan()
    expect({ outcome, skipped }).toEqual({ outcome: 'failed', skipped: [] })
    expect(errors[0]!.message).toContain('Contacts.Read')
    expect(errors[0]!.message).toMatch(
      /az ad app permission add --id 1d2e3f40\S+ --api 00000003-\S+ --api-permissions 089fe4d0/,
    )
  })

  test('to write contacts is no hindrance for a plan, and fails the apply, with the command', async () => {
    await without('Contacts.Read')
    expect((await fleet.plan()).outcome).toBe('planned')
    const result = await fleet.apply()
    expect(result).toMatchObject({ outcome: 'failed', profiles: [{ failed: 6 }] })
    expect(JSON.stringify(result.profiles[0]!.changes)).toMatch(
      /Contacts\.ReadWrite.*az ad app permission add/,
    )
    expect(everybody()).toEqual([[], [], []])
  })
})

describe('the limits of the service', () => {
  const crowd = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      user(`Person ${'abcdefghijklmnopqrstuvwxyz'[index % 26]!.repeat(1 + Math.floor(index / 26))}`, {
        photo: `picture ${index}`,
      }),
    )
  const bodies = () =>
    [...fleet.tenants.simulator.world.tenants.get('fabrikam')!.mailboxes].map(
      (box) => [...box.contacts()].length,
    )

  test.each([
    ['many mailboxes', '{ all: true }', 25],
    ['one mailbox, at most four requests at a time', '{ users: [person.a@fabrikam.com] }', 45],
  ])('are kept in a normal run (%s): nothing is refused as too much', async (_, mailboxes, count) => {
    await start({
      users: crowd(count),
      mailboxes,
      to: 'photos: true, folder: Colleagues',
      seed: { behaviour: { latencyMs: 20 } },
    })
    expect((await fleet.apply()).outcome).toBe('applied')
    await fleet.plan()
    fleet.profile({ profile: `state: absent\n${FREE}` })
    expect((await fleet.apply()).outcome).toBe('applied')
    expect(statuses()).not.toContain(429)
    expect(bodies().every((left) => left === 0)).toBe(true)
  })

  test('counted for the app, all mailboxes together, let it through all the same', async () => {
    await start({
      users: crowd(10),
      seed: { behaviour: { mailboxConcurrencyScope: 'app', latencyMs: 20 } },
    })
    expect((await fleet.apply()).outcome).toBe('applied')
    expect(statuses()).toContain(429)
    expect(bodies()).toEqual(Array.from({ length: 10 }, () => 9))
    expect((await fleet.plan()).outcome).toBe('no-changes')
  })

  test('of one mailbox (it asks to wait) do not hold up the others', async () => {
    await start()
    strike({ operation: CONTACTS, method: 'POST', path: id('a'), nth: 1 }, { status: 429, retryAfter: 1 })
    await fleet.apply()
    const made = fleet.requests.filter(({ operation, method }) => operation === CONTACTS && method === 'POST')
    // The one that was refused comes last of all.
    expect(made.at(-1)!.path).toContain(id('a'))
    await expectAllRight()
  })
})
