/** What the reviewers saw is done when it is merged: creates and updates within reach of it, and deletions. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { NORTHWIND, PEOPLE, person, persons, Repository, TENANTS, type Given } from './repository.ts'

let repository: Repository
const start = async (given?: Given) => (repository = await Repository.start(given))
afterEach(() => repository.stop())

describe('a merged plan', () => {
  test('is applied whole, deletions too', async () => {
    await start()
    repository.leaves([0])
    repository.joins([20])
    repository.promotes([1])
    expect(await repository.plan()).toMatchObject({ code: 0, outputs: { outcome: 'planned' } })
    expect(await repository.mergeAndApply()).toMatchObject({
      code: 0,
      outputs: { outcome: 'applied', held: '0', failed: '0' },
    })
    expect(repository.listed()).toBe('p1 p2 p3 p4 p5 p6 p7 p8 p9 p20')
    expect(repository.titled()).toBe(1)
  })

  test('was a plan of the profile: its comments, layout and defaults may be written another way', async () => {
    await start()
    repository.leaves([0])
    await repository.plan()
    repository.write(
      'people.yaml',
      `# Kept in step since 2026.
to:
  unlisted: delete
  tenant: "contoso" # ours
kind: mail-contacts
from:
  - include: [members]
    entra: fabrikam
name: 'people'
limits: { deletes: 10% }
`,
    )
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'applied' })
    expect(repository.listed()).not.toContain('p0')
  })

  test('was a plan of the tenants that the profile names: others may change', async () => {
    await start()
    repository.leaves([0])
    await repository.plan()
    repository.write('tenants.yaml', `${TENANTS}${NORTHWIND}`)
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'applied' })
  })

  test('deletes nobody who has come back since', async () => {
    await start()
    repository.leaves([0, 1])
    await repository.plan()
    repository.joins([0])
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'applied' })
    expect(repository.listed()).toBe('p0 p2 p3 p4 p5 p6 p7 p8 p9')
  })

  test('may come to less than was reviewed', async () => {
    await start({ contacts: [] })
    await repository.plan()
    repository.leaves([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'applied', 'to-create': '1' })
    expect(repository.listed()).toBe('p0')
  })

  test('is found with `require-plan: true`, too', async () => {
    await start()
    repository.leaves([0])
    await repository.plan()
    const { outputs } = await repository.mergeAndApply(7, { 'require-plan': 'true' })
    expect(outputs).toMatchObject({ outcome: 'applied' })
    expect(repository.listed()).not.toContain('p0')
  })

  test('speaks for every profile that it saw', async () => {
    await start({ back: [person(50, 'contoso')] })
    repository.joins([20])
    await repository.plan()
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'applied', 'to-create': '2' })
    expect(repository.listed('fabrikam')).toBe('p50')
  })

  test('speaks for a profile that needed nothing then', async () => {
    await start()
    // The profile's file is among the changes: that is worth a comment, for its record is what is merged.
    expect((await repository.plan()).outputs).toMatchObject({ outcome: 'no-changes' })
    repository.leaves([0])
    repository.joins([20])
    expect((await repository.mergeAndApply()).outputs).toMatchObject({ outcome: 'held', held: '1' })
    expect(repository.comments('apply')[0]!.body).toMatch(/reviewed/)
    expect(repository.listed()).toContain('p20')
  })
})

describe('people come and go between the review and the merge:', () => {
  test('five more creations than were reviewed are fine', async () => {
    await start({ users: persons(12), contacts: [] })
    await repository.plan()
    repository.joins([20, 21, 22, 23, 24])
    const { code, outputs } = await repository.mergeAndApply()
    expect({ code, ...outputs }).toMatchObject({ code: 0, outcome: 'applied', 'to-create': '17' })
    expect(repository.listed().split(' ')).toHaveLength(17)
  })

  test('so are ten more of a hundred', async () => {
    await start({ users: persons(100), contacts: [] })
    await repository.plan()
    repository.joins([200, 201, 202, 203, 204, 205, 206, 207, 208, 209])
    expect((await repository.mergeAndApply()).outputs).toMatchObject({
      outcome: 'applied',
      'to-create': '110',
    })
  })

  test('five more updates than were reviewed are fine', async () => {
    await start({ users: persons(20) })
    repository.promotes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    await repository.plan()
    repository.promotes([12, 13, 14, 15, 16])
    expect((await repository.mergeAndApply()).outputs).toMatchObject({
      outcome: 'applied',
      'to-update': '17',
    })
    expect(repository.titled()).toBe(17)
  })

  test('so are ten more of a hundred updates', async () => {
    await start({ users: persons(110) })
    repository.promotes(persons(100).map((_, index) => index))
    await repository.plan()
    repository.promotes([100, 101, 102, 103, 104, 105, 106, 107, 108, 109])
    expect((await repository.mergeAndApply()).outputs).toMatchObject({
      outcome: 'applied',
      'to-update': '110',
    })
  })
})

describe('`accept-digest`, the digest of a plan that somebody saw,', () => {
  test('on a push stands for the review, deletions too', async () => {
    await start()
    repository.leaves([0])
    const { outputs } = await repository.run({ event: 'push', inputs: { command: 'plan' } })
    const accepted = await repository.mergeAndApply(7, { 'accept-digest': outputs['plan-digest']! })
    expect(accepted.outputs).toMatchObject({ outcome: 'applied', held: '0' })
    expect(repository.listed()).not.toContain('p0')
  })

  test('on a push, of a plan of another day, stands for nothing: the review decides', async () => {
    await start()
    const { outputs } = await repository.plan()
    repository.leaves([0])
    repository.joins([20])
    const { outputs: ended } = await repository.mergeAndApply(7, { 'accept-digest': outputs['plan-digest']! })
    expect(ended).toMatchObject({ outcome: 'held', held: '1' })
    expect(repository.listed()).toBe('p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 p20')
  })

  test('goes no further than the limits', async () => {
    await start()
    repository.leaves([0, 1, 2, 3])
    const { outputs } = await repository.run({
      event: 'push',
      inputs: { command: 'plan', 'fail-on': 'never' },
    })
    const accepted = await repository.mergeAndApply(7, { 'accept-digest': outputs['plan-digest']! })
    expect(accepted).toMatchObject({ code: 1, outputs: { outcome: 'blocked' } })
    expect(repository.writes()).toEqual([])
  })

  describe('on `workflow_dispatch`', () => {
    const dispatched = (digest: string) =>
      repository.run({ event: 'workflow_dispatch', inputs: { command: 'apply', 'accept-digest': digest } })

    test('lets through what a schedule holds', async () => {
      await start({
        contacts: [{ Name: 'by hand', DisplayName: 'By hand', ExternalEmailAddress: 'gone@fabrikam.com' }],
        profile: `${PEOPLE}adopt: [unmarked]\n`,
      })
      const { outputs } = await repository.run({ event: 'schedule', inputs: { command: 'plan' } })
      expect((await dispatched(outputs['plan-digest']!)).outputs).toMatchObject({ outcome: 'applied' })
      expect(repository.listed()).not.toContain('gone')
    })

    test('of any other plan is stale, for every profile', async () => {
      await start({ back: [person(50, 'contoso')] })
      const { outputs } = await repository.run({ event: 'schedule', inputs: { command: 'plan' } })
      repository.joins([20])
      expect(await dispatched(outputs['plan-digest']!)).toMatchObject({
        code: 1,
        outputs: { outcome: 'stale' },
      })
      expect([...repository.writes(), ...repository.writes('fabrikam')]).toEqual([])
    })
  })
})
