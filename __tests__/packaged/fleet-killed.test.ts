/**
 * A run over many mailboxes that is killed at any of its batches, before or after the service carried it
 * out, and is then run again: every mailbox is right, nothing is doubled, people's own contacts stand.
 */
import { beforeAll, expect, test } from '@jest/globals'
import type { PersonalContactSeed, UserSeed } from '../../src/simulator/seed.ts'
import { Fleet, MARK } from '../mailboxes.ts'
import { user } from '../people.ts'
import { CLI, killedAtEach, run, start } from './program.ts'

const PEOPLE = 25
const MAILBOXES = 10
const FOLDER = 'Colleagues'

const nameOf = (index: number) => `P${index}`
const person = (index: number): UserSeed => ({
  ...user(nameOf(index), {
    id: `${String(index).padStart(8, '0')}-0000-4000-8000-000000000001`,
    jobTitle: index % 4 === 0 ? 'Director' : 'Engineer',
    userPrincipalName: `p${index}@fabrikam.com`,
    ...(index === 1 && { photo: 'a picture' }),
  }),
  mail: `p${index}@fabrikam.com`,
})

function contactOf(index: number): PersonalContactSeed {
  const { displayName, mail, id } = person(index)
  return {
    folder: FOLDER,
    displayName,
    jobTitle: 'Engineer',
    emailAddresses: [{ address: mail!, name: displayName }],
    singleValueExtendedProperties: [{ id: MARK, value: `tenant-sync:gal:${id}` }],
  }
}

/** Somebody's own, of the same name and address as a person of the source. */
const OWN: PersonalContactSeed = {
  displayName: nameOf(3),
  jobTitle: 'My friend',
  emailAddresses: [{ address: 'p3@fabrikam.com', name: 'P' }],
}

/** The first of them have mailboxes: two without the folder; the others hold some people, two of them with old titles, and two leavers. */
function users(): UserSeed[] {
  const held = [...Array.from({ length: 9 }, (_, index) => index), 70, 71]
  return Array.from({ length: PEOPLE }, (_, index): UserSeed => {
    if (index >= MAILBOXES) return person(index)
    if (index < 2) return { ...person(index), contacts: [OWN] }
    const ours = held.filter((each) => each !== index).map(contactOf)
    return {
      ...person(index),
      contactFolders: [FOLDER],
      contacts: [OWN, { ...OWN, folder: FOLDER }, ...ours],
    }
  })
}

const owners = Array.from({ length: MAILBOXES }, (_, index) => person(index))

const world = () =>
  Fleet.start({
    users: users(),
    mailboxes: `{ users: [${owners.map(({ mail }) => mail).join(', ')}] }`,
    to: `folder: ${FOLDER}, photos: true`,
    // A run that was killed has created most of them: the rest must not be too many for the next one.
    profile: 'limits: { creates: 1000, updates: 1000, deletes: 1000 }',
  })

/** What stands in the mailboxes, folders too, without ids, times and the tags of photos. */
function shown(fleet: Fleet): string[] {
  return owners.flatMap((owner) => [
    ...fleet.mailbox(owner).folders.map(({ displayName }) => `${owner.mail} has the folder ${displayName}`),
    ...fleet
      .mailbox(owner)
      .snapshot()
      .map(({ folder, displayName, jobTitle, emailAddresses, photo, singleValueExtendedProperties }) => {
        const properties = (singleValueExtendedProperties ?? []) as { id: string; value: string }[]
        const kept = properties.map(({ id, value }) => (id === MARK ? value : 'a tag')).sort()
        return JSON.stringify([
          owner.mail,
          folder,
          displayName,
          jobTitle,
          emailAddresses,
          photo !== undefined,
          kept,
        ])
      })
      .sort(),
  ])
}

/** People's own, to the byte. */
function own(fleet: Fleet): unknown[] {
  return owners.flatMap((owner) =>
    fleet
      .mailbox(owner)
      .snapshot()
      .filter(({ jobTitle }) => jobTitle === OWN['jobTitle']),
  )
}

const ARGS = ['apply', '--yes', '--detail', 'counts', '--concurrency', '1']
const place = ({ tenants }: Fleet) => ({ env: tenants.simulator.env, cwd: tenants.root })

let right: string[]
let batches: number

beforeAll(async () => {
  const fleet = await world()
  try {
    const { code, stdout, stderr } = await run(CLI, ARGS, place(fleet))
    if (code !== 0) throw new Error(stdout + stderr)
    right = shown(fleet)
    batches = fleet.requests.filter(({ operation }) => operation === '/$batch').length
  } finally {
    await fleet.stop()
  }
}, 60_000)

test('the undisturbed run is what the others are held against', () => {
  const folders = MAILBOXES
  const contacts = MAILBOXES * (PEOPLE - 1)
  expect(right).toHaveLength(folders + contacts + MAILBOXES + (MAILBOXES - 2))
  expect(right.filter((line) => line.includes('a tag'))).toHaveLength(MAILBOXES - 1)
  expect(right.filter((line) => /P70|P71/.test(line))).toEqual([])
  // To read; to make two folders; and then two hundred writes, twenty at a time.
  expect(batches).toBeGreaterThan(10)
})

/** @returns what is wrong after a run that was killed at a batch, and a second one. */
async function killedAt(nth: number, when: 'before' | 'after'): Promise<string | undefined> {
  const fleet = await world()
  const { faults } = fleet.tenants.simulator
  try {
    const before = own(fleet)
    let kill = (): void => undefined
    faults.add({ on: { operation: '/$batch', nth }, do: { call: () => kill(), when } })
    const running = start(CLI, ARGS, place(fleet))
    kill = () => void running.child.kill('SIGKILL')
    if ((await running.ended).code !== null) return `batch ${nth}: the first run was not killed`
    faults.clear()
    // The service goes on with what it was asked before.
    await fleet.tenants.idle()
    const { code, stdout, stderr } = await run(CLI, ARGS, place(fleet))
    const now = shown(fleet)
    const extra = now.filter((line, index) => !right.includes(line) || now.indexOf(line) !== index)
    const missing = right.filter((line) => !now.includes(line))
    if (code !== 0 || now.length !== right.length || missing.length > 0)
      return `batch ${nth}: code ${code}, ${stdout} ${stderr}; missing ${missing.join(' ')}; instead ${extra.join(' ')}`
    return JSON.stringify(own(fleet)) === JSON.stringify(before)
      ? undefined
      : `batch ${nth}: somebody's own contact was touched`
  } finally {
    await fleet.stop()
  }
}

const LONG = 300_000

test(
  'killed before any batch, the next run puts all right',
  async () => {
    expect(await killedAtEach(batches, (nth) => killedAt(nth, 'before'))).toEqual([])
  },
  LONG,
)

test(
  'killed after any batch, before its answers came, the next run puts all right',
  async () => {
    expect(await killedAtEach(batches, (nth) => killedAt(nth, 'after'))).toEqual([])
  },
  LONG,
)
