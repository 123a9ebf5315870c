/**
 * Two profiles of one run, one for each direction: each tenant has one partner configuration for the other, on
 * which both set their own part.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { BACK, BESIDE, CONTOSO_WITH_PEOPLE, guestsOf, planned } from './back.ts'
import { partners, writes } from './standing.ts'
import { CONTOSO, FABRIKAM, LIMITLESS, SCOPE, Synchronized, type Starting } from './synchronized.ts'

let between: Synchronized
const start = async (given: Starting = {}) =>
  (between = await Synchronized.start({
    contoso: CONTOSO_WITH_PEOPLE!,
    files: { 'back.yaml': BACK },
    ...given,
  }))
afterEach(() => between.stop())

/** Told from the start again and again, each time with other delays. */
async function whatever(runs: number, given: Starting, story: (delays: readonly number[]) => Promise<void>) {
  await fc.assert(
    fc
      .asyncProperty(DELAYS, async (delays) => {
        await start(given)
        await story(delays)
      })
      .afterEach(() => between.stop()),
    { numRuns: runs },
  )
  await start()
}

const apply = () => between.tenants.apply()

const both = { inboundAllowed: true, outboundAllowed: true }
const open = (tenantId: string) => ({
  tenantId,
  automaticUserConsentSettings: both,
  identitySynchronization: expect.objectContaining({ userSyncInbound: { isSyncAllowed: true } }),
})

/** Everything that a request may meet on its way, so that the two come and go in any order. */
function slowed(delays: readonly number[]): void {
  let index = 0
  between.tenants.simulator.faults.add({
    on: { service: 'graph', path: 'crossTenantAccessPolicy' },
    do: { when: 'before', call: () => delay(delays[index++ % delays.length]) },
  })
  between.tenants.simulator.faults.add({
    on: { service: 'graph', path: 'crossTenantAccessPolicy' },
    do: { when: 'after', call: () => delay(delays[index++ % delays.length]) },
  })
}

const DELAYS = fc.array(fc.nat({ max: 12 }), { minLength: 5, maxLength: 40 })

describe('from nothing, whatever comes first', () => {
  test.each(['merge', 'replace'] as const)(
    'no consent is lost, and the second plan is empty (PATCH: %s)',
    async (partnerPatch) => {
      await whatever(10, { behaviour: { partnerPatch } }, async (delays) => {
        slowed(delays)
        const { profiles } = await apply()
        expect(profiles.map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
        expect(partners(between.source)).toEqual([open(CONTOSO)])
        expect(partners(between.target)).toEqual([open(FABRIKAM)])
        expect(await planned(between)).toEqual({ people: [], back: [] })
      })
    },
  )

  test('people arrive on both sides', async () => {
    await start()
    await apply()
    between.tenants.simulator.runCycle('fabrikam', 'To Contoso')
    between.tenants.simulator.runCycle('contoso', 'To Fabrikam')
    expect(guestsOf(between, 'contoso')).toEqual(['Ada Lovelace', 'Bob Brown', 'Cleo Clark'])
    expect(guestsOf(between, 'fabrikam')).toEqual(['Diana Day'])
    expect(await planned(between)).toEqual({ people: [], back: [] })
  })

  test('each partner is made once', async () => {
    await start()
    await apply()
    const made = writes(between).filter((one) =>
      one.endsWith('POST /policies/crossTenantAccessPolicy/partners'),
    )
    expect(made.sort()).toEqual([
      'contoso: POST /policies/crossTenantAccessPolicy/partners',
      'fabrikam: POST /policies/crossTenantAccessPolicy/partners',
    ])
  })
})

describe('one that fails', () => {
  test('leaves the other whole', async () => {
    await start({
      files: { 'back.yaml': BACK.replace('users: [diana@contoso.com]', 'groups: [Nobody there]') },
    })
    const { profiles } = await apply()
    expect(profiles.map(({ name, outcome }) => [name, outcome])).toEqual(
      expect.arrayContaining([
        ['people', 'applied'],
        ['back', 'failed'],
      ]),
    )
    expect(partners(between.target)).toMatchObject([
      { automaticUserConsentSettings: { inboundAllowed: true } },
    ])
  })
})

describe('one that goes while the other comes', () => {
  test('takes back its own consents alone, whatever comes first', async () => {
    await whatever(4, { files: {} }, async (delays) => {
      await apply()
      between.profile([SCOPE, LIMITLESS, 'state: absent'].join('\n'))
      between.tenants.write('back.yaml', BACK)
      slowed(delays)
      const { profiles } = await apply()
      expect(profiles.map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
      expect(partners(between.source)).toEqual([
        {
          ...open(CONTOSO),
          automaticUserConsentSettings: { inboundAllowed: true, outboundAllowed: false },
        },
      ])
      expect(partners(between.target)).toEqual([
        {
          tenantId: FABRIKAM,
          automaticUserConsentSettings: { inboundAllowed: false, outboundAllowed: true },
        },
      ])
      expect(await planned(between)).toEqual({ people: [], back: [] })
    })
  })
})

describe('both that go', () => {
  test('leave no partner, whatever comes first', async () => {
    await whatever(4, {}, async (delays) => {
      await apply()
      between.profile([SCOPE, LIMITLESS, 'state: absent'].join('\n'))
      between.tenants.write('back.yaml', `${BACK}state: absent\n`)
      slowed(delays)
      await apply()
      expect([partners(between.source), partners(between.target)]).toEqual([[], []])
      expect(await planned(between)).toEqual({ people: [], back: [] })
    })
  })
})

describe('one that takes the place of another', () => {
  test('finds the partners as they were, whatever comes first', async () => {
    await whatever(4, { files: {} }, async (delays) => {
      await apply()
      const [source, target] = [partners(between.source), partners(between.target)]
      between.profile([SCOPE, LIMITLESS, 'state: absent'].join('\n'))
      between.tenants.write('beside.yaml', BESIDE)
      slowed(delays)
      expect((await apply()).profiles.map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
      expect([partners(between.source), partners(between.target)]).toEqual([source, target])
      expect(between.principal.properties['displayName']).toBe('Managers to Contoso')
      expect(await planned(between)).toEqual({ people: [], beside: [] })
    })
  })
})
