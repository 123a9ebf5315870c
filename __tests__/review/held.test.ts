/** A deletion that the reviewers did not see is held, and nothing but it. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { contactOf, lines, PEOPLE, person, persons, Repository, type Given } from './repository.ts'

let repository: Repository
const start = async (given?: Given) => (repository = await Repository.start(given))
afterEach(() => repository.stop())

const HELD = { code: 0, outputs: { outcome: 'held', held: '1' } }
const DONE = { code: 0, outputs: { outcome: 'applied', held: '0' } }

describe('a leaver whom nobody saw in the plan', () => {
  test('is held; what was seen, and who is new, is done', async () => {
    await start()
    repository.leaves([0])
    await repository.plan()
    repository.leaves([1])
    repository.joins([20])
    const run = await repository.mergeAndApply()
    expect(run).toMatchObject(HELD)
    expect(repository.listed()).toBe('p1 p2 p3 p4 p5 p6 p7 p8 p9 p20')
    expect(lines(run.outputs['removed-path']!)).toHaveLength(1)
  })

  test('is the next schedule’s to delete, within the limits', async () => {
    await start()
    await repository.plan()
    repository.leaves([1])
    expect(await repository.mergeAndApply()).toMatchObject(HELD)
    expect(await repository.run({ event: 'schedule' })).toMatchObject(DONE)
    expect(repository.listed()).not.toContain('p1')
  })

  test('is another one than the leaver of the same contact’s name and address before', async () => {
    await start()
    repository.leaves([0])
    await repository.plan()
    // Made anew by hand, with the mark of the old one: it is the object that was to be deleted, not its name.
    const { recipients } = repository.tenants.simulator.world.tenants.get('contoso')!
    const [old] = recipients.holders('p0@fabrikam.com')
    recipients.remove(old!.guid)
    const other = '99999999-0000-4000-8000-000000000001'
    recipients.add({ ...old!, guid: other, objectId: other }, new Date())
    expect(await repository.mergeAndApply()).toMatchObject(HELD)
    expect(repository.listed()).toContain('p0')
  })
})

describe('a merge for which no reviewed plan is found', () => {
  test('creates and updates, and deletes nobody', async () => {
    await start()
    repository.leaves([0])
    repository.joins([20])
    repository.promotes([1])
    const run = await repository.mergeAndApply()
    expect(run).toMatchObject(HELD)
    expect(repository.listed()).toBe('p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 p20')
    expect(repository.titled()).toBe(1)
    expect(lines(run.outputs['removed-path']!)).toEqual([])
  })
})

describe('with grace, a leaver’s hiding', () => {
  const GRACE = PEOPLE.replace('tenant: contoso', 'tenant: contoso, grace: 30d')
  const isHidden = () =>
    repository.tenants.contact('p0@fabrikam.com')!['HiddenFromAddressListsEnabled'] ?? false

  test('is done when it was seen', async () => {
    await start({ profile: GRACE })
    repository.leaves([0])
    await repository.plan()
    expect(await repository.mergeAndApply()).toMatchObject(DONE)
    expect(isHidden()).toBe(true)
  })

  test('is held when nobody saw it', async () => {
    await start({ profile: GRACE })
    await repository.plan()
    repository.leaves([0])
    expect(await repository.mergeAndApply()).toMatchObject(HELD)
    expect(isHidden()).toBe(false)
  })

  test('that was seen does not allow the deletion after it', async () => {
    await start({ profile: GRACE })
    repository.leaves([0])
    await repository.plan()
    // A schedule has hidden it before the merge, and the time of grace is over.
    const { recipients } = repository.tenants.simulator.world.tenants.get('contoso')!
    const { guid, values } = recipients.holders('p0@fabrikam.com')[0]!
    const mark = `${String(values['CustomAttribute15'])}:leaver:2026-01-01`
    recipients.update(guid, { CustomAttribute15: mark, HiddenFromAddressListsEnabled: true }, new Date())
    expect(await repository.mergeAndApply()).toMatchObject(HELD)
    expect(repository.listed()).toContain('p0')
  })
})

describe('with `adopt: [unmarked]`, a contact made by hand that is nobody’s', () => {
  const given: Given = {
    contacts: [
      ...persons(10).map((one) => contactOf(one)),
      { Name: 'by hand', DisplayName: 'By hand', ExternalEmailAddress: 'p77@fabrikam.com' },
    ],
    profile: `${PEOPLE}adopt: [unmarked]\n`,
  }

  test('is deleted when that was seen', async () => {
    await start(given)
    await repository.plan()
    expect(await repository.mergeAndApply()).toMatchObject(DONE)
    expect(repository.listed()).not.toContain('p77')
  })

  test('is held when nobody saw it', async () => {
    await start(given)
    expect(await repository.mergeAndApply()).toMatchObject(HELD)
  })

  test.each(['schedule', 'workflow_dispatch'])(
    'is held on `%s`, which deletes what is marked',
    async (event) => {
      await start(given)
      repository.leaves([0])
      expect(await repository.run({ event })).toMatchObject(HELD)
      expect(repository.listed()).toBe('p1 p2 p3 p4 p5 p6 p7 p8 p9 p77')
    },
  )
})

describe('of two contacts with one mark, the newer', () => {
  const given: Given = {
    contacts: [
      ...persons(10).map((one) => contactOf(one, { WhenCreated: '2026-01-01T00:00:00Z' })),
      contactOf(person(0), {
        Name: 'double',
        ExternalEmailAddress: 'p70@fabrikam.com',
        WhenCreated: '2026-02-01T00:00:00Z',
      }),
    ],
  }

  test('is deleted when that was seen', async () => {
    await start(given)
    await repository.plan()
    expect(await repository.mergeAndApply()).toMatchObject(DONE)
    expect(repository.listed()).toBe('p0 p1 p2 p3 p4 p5 p6 p7 p8 p9')
  })

  test('is held when nobody saw it', async () => {
    await start(given)
    expect(await repository.mergeAndApply()).toMatchObject(HELD)
    expect(repository.listed()).toContain('p70')
  })
})

describe('more than 2,000 deletions', () => {
  const many = (count: number) => ({
    users: persons(1),
    contacts: persons(count + 1).map((one) => contactOf(one)),
    profile: `${PEOPLE}limits: { deletes: 100% }\n`,
  })

  test('are all held, and the plan says so before the merge', async () => {
    await start(many(2001))
    await repository.plan()
    expect(repository.comments('plan')[0]!.body).toMatch(/2,000/)
    expect(repository.comments('plan')[0]!.body).toMatch(/held|holds/)
    expect(await repository.mergeAndApply()).toMatchObject({ outputs: { outcome: 'held', held: '2001' } })
    expect(repository.writes()).toEqual([])
  })

  test('are one more than a plan can hold the hashes of, beside all it has to say', async () => {
    await start(many(2000))
    await repository.plan()
    const { body } = repository.comments('plan')[0]!
    expect(body).not.toMatch(/held|holds/)
    expect(Buffer.byteLength(body)).toBeLessThan(60_000)
  })
})
