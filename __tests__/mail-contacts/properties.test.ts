/** What holds whatever stands in the two tenants: small worlds, drawn at random. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { derivedNames } from '../../src/people/mark.ts'
import type { Fault } from '../../src/simulator/faults.ts'
import type { MailContactSeed, UserSeed } from '../../src/simulator/seed.ts'
import { REFUSED, Tenants, user, type Contact } from '../people.ts'

const RUNS = { numRuns: 25, interruptAfterTimeLimit: 18_000, markInterruptAsFailure: false }
const TIMEOUT = 60_000
const UNLIMITED = 'limits: { creates: 1000, updates: 1000, deletes: 1000, emptySource: allow }'

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'] as const
const id = (key: string) => `${key.repeat(8)}-0000-4000-8000-000000000001`
const key = fc.constantFrom(...KEYS)
const domain = fc.constantFrom('fabrikam.com', 'fabrikam.com', 'fabrikam.com', 'elsewhere.com')
const address = fc.tuple(key, domain).map((parts) => parts.join('@'))
const text = fc.oneof(
  fc.constantFrom(
    '',
    'Engineer',
    'engineer',
    "O'Brien",
    'x'.repeat(200),
    '<b>@here</b>',
    '🙂'.repeat(40),
    '{{mail}}',
  ),
  fc.string({ maxLength: 12, unit: fc.constantFrom(...'ab |*\'"ü,;') }).map((drawn) => drawn.trim()),
)

interface Drawn {
  readonly mail: string | null
  readonly displayName: string
  readonly jobTitle: string
  readonly country: string
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  mail: fc.option(address, { freq: 8 }),
  displayName: text.map((name) => name || 'Nameless'),
  jobTitle: text,
  country: fc.constantFrom('', 'DE', 'Germany', 'Antigua and Barbuda', 'AG', 'Ruritania', 'South Korea'),
})

/** People by key: an id of their own, whatever else they have. */
const people = fc.dictionary(key, drawn, { maxKeys: 5 })

function users(of: Readonly<Record<string, Drawn>>): UserSeed[] {
  const mails = new Set<string>()
  return Object.entries(of).map(([name, { mail, jobTitle, country, displayName }]) => {
    // A directory holds an address once; the other has none.
    const own = mail !== null && !mails.has(mail) ? mail : null
    if (own !== null) mails.add(own)
    return user(displayName, {
      id: id(name),
      userPrincipalName: `${name}@fabrikam.onmicrosoft.com`,
      mail: own,
      jobTitle: jobTitle || null,
      country: country || null,
    })
  })
}

const MARKS = {
  ours: (of: string) => ({ CustomAttribute15: `tenant-sync:people:${id(of)}` }),
  leaving: (of: string) => ({
    CustomAttribute15: `tenant-sync:people:${id(of)}:leaver:2026-11-01`,
    HiddenFromAddressListsEnabled: true,
  }),
  unfinished: (of: string) => ({ Name: derivedNames('people', id(of))[0]! }),
  unmarked: () => ({}),
  another: (of: string) => ({ CustomAttribute15: `tenant-sync:other:${id(of)}` }),
  elsewhere: (of: string) => ({ CustomAttribute3: `tenant-sync:other:${id(of)}` }),
  tool: (of: string) => ({ CustomAttribute15: `XTSYNC|${id(of)}|User|${id(of)}` }),
  note: () => ({ CustomAttribute15: 'EMP-4711' }),
  synced: (of: string) => ({ CustomAttribute15: `tenant-sync:people:${id(of)}`, IsDirSynced: true }),
}
type Mark = keyof typeof MARKS

const contact = fc.record({
  address,
  proxies: fc.array(address, { maxLength: 2 }),
  of: key,
  mark: fc.constantFrom<Mark>(...(Object.keys(MARKS) as Mark[])),
  title: text,
})

/** Each address, and each name, once: a tenant takes no other. */
function contacts(
  given: readonly (typeof contact extends fc.Arbitrary<infer One> ? One : never)[],
): MailContactSeed[] {
  const held = new Set<string>()
  const names = new Set<string>()
  return given.flatMap(({ address: to, proxies, of, mark, title }, index): MailContactSeed[] => {
    if (held.has(to)) return []
    held.add(to)
    const others = proxies.filter((proxy) => !held.has(proxy) && held.add(proxy))
    const seed = {
      Name: `contact ${index}`,
      DisplayName: `Contact ${index}`,
      ExternalEmailAddress: to,
      EmailAddresses: [`SMTP:${to}`, ...others.map((proxy) => `smtp:${proxy}`), `x500:/o=Old/cn=${index}`],
      WhenCreated: `2026-01-${String(index + 1).padStart(2, '0')}T00:00:00Z`,
      ...(title && { Title: title.slice(0, 64) }),
      ...MARKS[mark](of),
    }
    if (names.has(seed.Name)) return []
    names.add(seed.Name)
    return [seed]
  })
}

const anyWorld = fc.record({
  people,
  contacts: fc.array(contact, { maxLength: 6 }),
  adopt: fc.boolean(),
  to: fc.constantFrom('', 'unlisted: keep', 'grace: 30d'),
})
// An unfinished create that was adopted as nobody's and hidden is not known again by its name alone.
const world = anyWorld.filter(
  ({ adopt, to, contacts: given }) =>
    !(adopt && to.startsWith('grace') && given.some(({ mark }) => mark === 'unfinished')),
)
type World = typeof world extends fc.Arbitrary<infer One> ? One : never

async function within(
  drawnWorld: World,
  check: (tenants: Tenants) => Promise<void>,
  limits = UNLIMITED,
): Promise<void> {
  const tenants = await Tenants.start({
    users: users(drawnWorld.people),
    contacts: contacts(drawnWorld.contacts),
    to: drawnWorld.to,
    profile: `${limits}\n${drawnWorld.adopt ? 'adopt: [unmarked]' : ''}`,
  })
  try {
    await check(tenants)
  } finally {
    await tenants.idle()
    await tenants.stop()
  }
}

/** The contacts that a profile may not touch, as they stand, by GUID. */
function untouchable(tenants: Tenants, adopt: boolean): Map<string, string> {
  const found = [...tenants.contacts().values()].filter((one) => {
    const marks = Array.from({ length: 15 }, (_, index) => textOf(one, `CustomAttribute${index + 1}`))
    if (one['IsDirSynced'] === true) return true
    if (marks.some((mark) => mark.startsWith('tenant-sync:people:'))) return false
    if (marks.some((mark) => mark !== '')) return true
    const begun = KEYS.some((of) => derivedNames('people', id(of)).includes(String(one['Name'])))
    return !begun && !(adopt && isOwned(one))
  })
  return new Map(found.map((one) => [String(one['Guid']), JSON.stringify(one)]))
}

function expectUntouched(before: ReadonlyMap<string, string>, tenants: Tenants): void {
  const after = new Map(
    [...tenants.contacts().values()].map((one) => [String(one['Guid']), JSON.stringify(one)]),
  )
  for (const [guid, as] of before) expect(after.get(guid)).toBe(as)
}

function expectNoAddressTwice(tenants: Tenants): void {
  const all = [...tenants.simulator.world.tenants.get('contoso')!.recipients].flatMap(({ values }) =>
    (values['EmailAddresses'] as string[]).map((one) => one.toLowerCase()),
  )
  expect(all.toSorted()).toEqual([...new Set(all)].sort())
}

const textOf = (one: Contact, attribute: string) => (one[attribute] ?? '') as string

const isOwned = (one: Contact) => String(one['ExternalEmailAddress']).endsWith('@fabrikam.com')

/** Within the owned domains, nobody has two contacts that bear the profile's mark. */
function expectNobodyTwice(tenants: Tenants): void {
  const marks = [...tenants.contacts().values()]
    .filter((one) => one['IsDirSynced'] !== true && isOwned(one))
    .map((one) => textOf(one, 'CustomAttribute15'))
    .filter((mark) => mark.startsWith('tenant-sync:people:'))
    .map((mark) => mark.split(':')[2])
  expect(marks.toSorted()).toEqual([...new Set(marks)].sort())
}

function change(tenants: Tenants, to: Readonly<Record<string, Drawn>>): void {
  const { directory } = tenants
  for (const name of KEYS) directory.removeUser(id(name))
  for (const one of users(to))
    directory.addUser({ ...one, id: one.id!, accountEnabled: true, businessPhones: [] })
}

describe('whatever stands in the tenants', () => {
  test(
    'an apply leaves nothing to do, others alone, and no address or person twice',
    async () => {
      await fc.assert(
        fc.asyncProperty(world, async (one) =>
          within(one, async (tenants) => {
            const before = untouchable(tenants, one.adopt)
            const result = await tenants.apply('seen')
            expect(result.profiles[0]!.changes.filter(({ status }) => status !== 'done')).toEqual([])
            expect((await tenants.plan()).changes).toEqual([])
            expectUntouched(before, tenants)
            expectNoAddressTwice(tenants)
            expectNobodyTwice(tenants)
          }),
        ),
        RUNS,
      )
    },
    TIMEOUT,
  )

  test(
    'so does the next one, after people came, went, changed and swapped addresses',
    async () => {
      await fc.assert(
        fc.asyncProperty(world, people, people, async (one, next, last) =>
          within(one, async (tenants) => {
            const before = untouchable(tenants, one.adopt)
            await tenants.apply('seen')
            for (const changed of [next, last]) {
              change(tenants, changed)
              const result = await tenants.apply('seen')
              expect(result.profiles[0]!.changes.filter(({ status }) => status !== 'done')).toEqual([])
              expect((await tenants.plan()).changes).toEqual([])
            }
            expectUntouched(before, tenants)
            expectNoAddressTwice(tenants)
            expectNobodyTwice(tenants)
          }),
        ),
        RUNS,
      )
    },
    TIMEOUT,
  )

  test(
    'edits by hand of what is ours are put back',
    async () => {
      const edit = fc.record({
        nth: fc.nat(5),
        values: fc.dictionary(fc.constantFrom('Title', 'DisplayName', 'City', 'CountryOrRegion'), text, {
          minKeys: 1,
        }),
      })
      await fc.assert(
        fc.asyncProperty(people, fc.array(edit, { minLength: 1, maxLength: 4 }), async (drawnPeople, edits) =>
          within({ people: drawnPeople, contacts: [], adopt: false, to: '' }, async (tenants) => {
            await tenants.apply('seen')
            const shown = () =>
              JSON.stringify(
                [...tenants.contacts().values()].map((one) => [
                  one['Guid'],
                  one['DisplayName'],
                  one['Title'],
                  one['City'],
                ]),
              )
            const right = shown()
            const { recipients } = tenants.simulator.world.tenants.get('contoso')!
            const guids = [...tenants.contacts().values()].map((one) => String(one['Guid']))
            for (const { nth, values } of edits) {
              const guid = guids[nth % guids.length]
              const set = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
              if (guid !== undefined) recipients.update(guid, set, tenants.now)
            }
            await tenants.apply('seen')
            expect(shown()).toBe(right)
            expect((await tenants.plan()).changes).toEqual([])
          }),
        ),
        RUNS,
      )
    },
    TIMEOUT,
  )

  test(
    'faults on the way delay, and never double or delete: once they are over, it is as without them',
    async () => {
      const fault = fc.record({
        operation: fc.constantFrom(
          'New-MailContact',
          'Set-MailContact',
          'Set-Contact',
          'Remove-MailContact',
          'Get-MailContact',
          'Get-Contact',
          '/users',
        ),
        nth: fc.integer({ min: 1, max: 4 }),
        does: fc.constantFrom<Fault>(
          { lost: 'before' },
          { lost: 'after' },
          { status: 429, retryAfter: 0.01 },
          { html: true, status: 200 },
          { expireTokens: true },
          REFUSED,
        ),
      })
      await fc.assert(
        fc.asyncProperty(world, fc.array(fault, { minLength: 1, maxLength: 4 }), async (one, faults) =>
          within(one, async (tenants) => {
            const before = untouchable(tenants, one.adopt)
            for (const { operation, nth, does } of faults)
              tenants.simulator.faults.add({ on: { operation, nth }, do: does })
            await tenants.apply('seen')
            expectUntouched(before, tenants)
            expectNoAddressTwice(tenants)
            tenants.simulator.faults.clear()
            const result = await tenants.apply('seen')
            expect(result.profiles[0]!.changes.filter(({ status }) => status !== 'done')).toEqual([])
            expect((await tenants.plan()).changes).toEqual([])
            expectUntouched(before, tenants)
            expectNobodyTwice(tenants)
          }),
        ),
        RUNS,
      )
    },
    TIMEOUT,
  )
})

test(
  'a plan over a limit writes nothing; one within them all is within them',
  async () => {
    const limit = fc.integer({ min: 0, max: 4 })
    const limits = fc.record({ creates: limit, updates: limit, deletes: limit })
    await fc.assert(
      fc.asyncProperty(world, limits, async (one, most) =>
        within(
          one,
          async (tenants) => {
            const before = JSON.stringify([...tenants.contacts()])
            const plan = await tenants.plan()
            const over = (['creates', 'updates', 'deletes'] as const).filter((name) => {
              const { [name]: allowed } = plan.allowed
              return allowed !== null && plan.counted[name] > allowed
            })
            expect(
              plan.limits.map(({ limit: name }) => name).filter((name) => name !== 'emptySource'),
            ).toEqual(over)
            expect(plan.allowed.updates).toBe(most.updates)
            expect(plan.allowed.deletes).toBe(most.deletes)
            const { outcome } = await tenants.apply('seen')
            expect(outcome === 'blocked').toBe(plan.limits.length > 0)
            if (outcome !== 'blocked') return
            expect(tenants.writes()).toEqual([])
            expect(JSON.stringify([...tenants.contacts()])).toBe(before)
          },
          `limits: { creates: ${most.creates}, updates: ${most.updates}, deletes: ${most.deletes} }`,
        ),
      ),
      RUNS,
    )
  },
  TIMEOUT,
)
