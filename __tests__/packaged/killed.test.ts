/**
 * A run that is killed at any of its writes, before or after the service carried it out, and is then
 * run again: the address list is right, nothing is doubled, nothing of others is touched.
 */
import { beforeAll, expect, test } from '@jest/globals'
import type { Seed, UserSeed } from '../../src/simulator/seed.ts'
import { Tenants, user } from '../people.ts'
import { CLI, killedAtEach, run, start } from './program.ts'

const PEOPLE = 60
const named = (index: number): UserSeed => ({
  ...user(`P${index}`, {
    id: `person-${index}`,
    jobTitle: 'Engineer',
    userPrincipalName: `p${index}@fabrikam.com`,
  }),
  mail: `p${index}@fabrikam.com`,
})

/** Sixty people: new ones, changed ones, some whose addresses moved or went round, leavers, contacts of others. */
function seed(): Pick<Seed, never> & { users: UserSeed[]; contacts: Record<string, unknown>[] } {
  const users = Array.from({ length: PEOPLE }, (_, index) => named(index))
  // 0..29 have contacts; of them 0 and 1 swapped addresses, 2 moved, 3..9 changed.
  ;[users[0]!.mail, users[1]!.mail] = [users[1]!.mail!, users[0]!.mail!]
  users[2]!.mail = 'moved@fabrikam.com'
  for (let index = 3; index < 10; index++) users[index]!['jobTitle'] = 'Director'
  const ours = Array.from({ length: 30 }, (_, index) => contactOf(named(index)))
  const leavers = [70, 71].map((index) => contactOf(named(index)))
  const others = [
    { Name: 'Printer', DisplayName: 'Printer', ExternalEmailAddress: 'printer@example.com' },
    {
      Name: 'Theirs',
      DisplayName: 'Theirs',
      ExternalEmailAddress: 'theirs@fabrikam.com',
      CustomAttribute15: 'tenant-sync:other:1',
    },
    { Name: 'By hand', DisplayName: 'By hand', ExternalEmailAddress: 'hand@fabrikam.com' },
  ]
  return { users, contacts: [...ours, ...leavers, ...others] }
}

function contactOf({ id, displayName, mail }: UserSeed) {
  return {
    Name: `contact ${id}`,
    DisplayName: displayName,
    ExternalEmailAddress: mail!,
    Title: 'Engineer',
    CustomAttribute15: `tenant-sync:people:${id}`,
  }
}

async function world(): Promise<Tenants> {
  const { users, contacts } = seed()
  return Tenants.start({ users, contacts: contacts as never, profile: 'limits: { creates: 100% }' })
}

/** What the address list shows, without ids and times. */
function shown(tenants: Tenants): string[] {
  return [...tenants.contacts().values()]
    .map(({ DisplayName, ExternalEmailAddress, Title, CustomAttribute15, EmailAddresses }) =>
      JSON.stringify([
        ExternalEmailAddress,
        DisplayName,
        Title ?? '',
        CustomAttribute15 ?? '',
        (EmailAddresses as string[]).toSorted(),
      ]),
    )
    .sort()
}

const ARGS = ['apply', '--yes', '--detail', 'counts', '--concurrency', '1']
const apply = (tenants: Tenants) => ({ env: tenants.simulator.env, cwd: tenants.root })

let right: string[]
let writes: number

beforeAll(async () => {
  const undisturbed = await world()
  const { code, stdout, stderr } = await run(CLI, ARGS, apply(undisturbed))
  if (code !== 0) throw new Error(stdout + stderr)
  right = shown(undisturbed)
  writes = undisturbed.writes().length
  await undisturbed.stop()
}, 60_000)

test('the undisturbed run is what the others are held against', () => {
  expect(writes).toBeGreaterThan(2 * 30)
  expect(right).toHaveLength(PEOPLE + 3)
})

/** @returns what is wrong after a run that was killed at a write, and a second one. */
async function killedAt(nth: number, when: 'before' | 'after'): Promise<string | undefined> {
  const tenants = await world()
  try {
    let kill = (): void => undefined
    tenants.simulator.faults.add({
      on: { write: true, service: 'exchange', nth },
      do: { call: () => kill(), when },
    })
    const running = start(CLI, ARGS, apply(tenants))
    kill = () => void running.child.kill('SIGKILL')
    if ((await running.ended).code !== null) return `write ${nth}: the first run was not killed`
    tenants.simulator.faults.clear()
    const { code, stderr } = await run(CLI, ARGS, apply(tenants))
    const differing = shown(tenants).filter((line) => !right.includes(line))
    const missing = right.length - (shown(tenants).length - differing.length)
    return code === 0 && differing.length === 0 && missing === 0
      ? undefined
      : `write ${nth}: code ${code}, ${stderr} ${missing} missing, and instead ${differing.join(' ')}`
  } finally {
    await tenants.stop()
  }
}

const LONG = 1_200_000

test(
  'killed before any write, the next run puts all right',
  async () => {
    expect(await killedAtEach(writes, (nth) => killedAt(nth, 'before'))).toEqual([])
  },
  LONG,
)

test(
  'killed after any write, before its answer came, the next run puts all right',
  async () => {
    expect(await killedAtEach(writes, (nth) => killedAt(nth, 'after'))).toEqual([])
  },
  LONG,
)
