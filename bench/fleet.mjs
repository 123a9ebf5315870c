// Contacts in many mailboxes, written and read by the packaged program against the simulator: requests
// on the wire, time with 80 ms a request, and memory, each beside its floor.
// Usage: npm run build && node --max-old-space-size=12000 bench/fleet.mjs [requests|time|memory|idle]
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startSimulator } from '../lib/simulator/simulator.js'
import { TENANTS } from './world.mjs'

const MARK = 'String {8f1c6a52-3f0e-4c0b-9a53-6f2f6d1b7c11} Name tenant-sync'
const OWNERS = 'Owners'
const { fabrikam } = TENANTS

const guid = (kind, index) => `${kind}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`
const person = (index) => ({
  id: guid('a', index),
  displayName: `Person ${index}`,
  givenName: 'Person',
  surname: String(index),
  userPrincipalName: `person${index}@fabrikam.com`,
  mail: `person${index}@fabrikam.com`,
  jobTitle: `Title ${index % 40}`,
  department: `Department ${index % 12}`,
  companyName: 'Fabrikam',
  officeLocation: `B ${index % 9}`,
  mobilePhone: `+44 7700 ${index}`,
  businessPhones: [`+44 20 ${index}`],
  streetAddress: `${index} Main Street`,
  city: 'London',
  postalCode: `N${index % 20}`,
  country: 'United Kingdom',
  mailbox: 'none',
})
const owner = (index) => ({
  id: guid('b', index),
  displayName: `Owner ${index}`,
  userPrincipalName: `owner${index}@fabrikam.com`,
  mail: `owner${index}@fabrikam.com`,
})
/** A person's contact as the program would have made it. */
const contactOf = (of) => ({
  displayName: of.displayName,
  givenName: of.givenName,
  surname: of.surname,
  jobTitle: of.jobTitle,
  department: of.department,
  companyName: of.companyName,
  officeLocation: of.officeLocation,
  mobilePhone: of.mobilePhone,
  businessPhones: of.businessPhones,
  emailAddresses: [{ address: of.mail, name: of.displayName }],
  businessAddress: {
    street: of.streetAddress,
    city: of.city,
    postalCode: of.postalCode,
    countryOrRegion: of.country,
  },
  singleValueExtendedProperties: [{ id: MARK, value: `tenant-sync:gal:${of.id}` }],
})

/** Mailboxes of people who are not among the contacts, so that all mailboxes are alike. */
async function fleet(mailboxes, people, { latencyMs = 0, filled = false } = {}) {
  const everybody = Array.from({ length: people }, (_, index) => person(index))
  const owners = Array.from({ length: mailboxes }, (_, index) => owner(index))
  const simulator = await startSimulator({
    seed: {
      tenants: {
        fabrikam: {
          tenantId: fabrikam.tenantId,
          organization: 'fabrikam.onmicrosoft.com',
          domains: ['fabrikam.com'],
          apps: [
            {
              clientId: fabrikam.clientId,
              secret: 'bench',
              permissions: ['User.Read.All', 'GroupMember.Read.All', 'Contacts.ReadWrite'],
            },
          ],
          users: [...everybody, ...owners],
          groups: [{ displayName: OWNERS, members: owners.map((one) => one.userPrincipalName) }],
        },
      },
      behaviour: { identityResourceUnits: false, recordBodies: false, latencyMs },
    },
  })
  if (filled) {
    const contacts = everybody.map(contactOf)
    const { mailboxes: all } = simulator.world.tenants.get('fabrikam')
    for (const { userPrincipalName } of owners) {
      const mailbox = all.of(userPrincipalName)
      for (const contact of contacts) mailbox.addContact(contact)
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  mkdirSync(join(folder, 'sync-profiles'))
  writeFileSync(
    join(folder, 'sync-profiles/tenants.yaml'),
    JSON.stringify({
      tenants: {
        fabrikam: { ...fabrikam, organization: 'fabrikam.onmicrosoft.com', credential: 'client-secret' },
      },
    }),
  )
  writeFileSync(
    join(folder, 'sync-profiles/gal.yaml'),
    `name: gal
kind: personal-contacts
from: [{ entra: fabrikam, excludeGroups: [${OWNERS}], hidden: include }]
to: { tenant: fabrikam, mailboxes: { groups: [${OWNERS}] } }
`,
  )
  const env = { ...process.env, ...simulator.env }
  return {
    async run(...args) {
      const from = simulator.requests.length
      const begun = performance.now()
      const { code, err } = await ended(
        spawn(process.execPath, ['--import', resolve('bench/measure.mjs'), resolve('dist/cli.js'), ...args], {
          cwd: folder,
          env,
        }),
      )
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err.slice(-2000)}`)
      const requests = simulator.requests.slice(from)
      return {
        seconds: (performance.now() - begun) / 1000,
        megabytes: Number(/peak-kilobytes (\d+)/.exec(err)[1]) / 1024,
        batches: requests.filter(({ operation }) => operation === '/$batch').length,
        listings: requests.filter(({ method, path }) => method === 'GET' && /\/contacts(\?|$)/.test(path))
          .length,
        creates: requests.filter(({ method, write }) => method === 'POST' && write).length,
        throttled: requests.filter(({ status }) => status === 429).length,
      }
    },
    async close() {
      await simulator.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function ended(child) {
  return new Promise((done) => {
    let err = ''
    child.stdout.resume()
    child.stderr.on('data', (data) => (err += data))
    child.on('close', (code) => done({ code, err }))
  })
}

const first = ['apply', '--yes', '--detail', 'counts']
const idle = ['plan', '--detail', 'counts']
const line = (what, figure, floor, most) =>
  console.log(`${what}: ${figure}, floor ${floor}, ratio ${(figure / floor).toFixed(2)} (aim ${most})`)

const scenarios = {
  async requests() {
    const world = await fleet(20, 300)
    const made = await world.run(...first)
    const reads = Math.ceil(made.listings / 20)
    line(
      `20 mailboxes x 300 people, first run, batches on the wire for ${made.creates} creates`,
      made.batches,
      Math.ceil(made.creates / 20) + reads,
      '1.15',
    )
    const still = await world.run(...idle)
    line('idle run, batches on the wire', still.batches, Math.ceil(20 / 20), '1.3')
    await world.close()
  },
  async time() {
    const latencyMs = 80
    const world = await fleet(20, 300, { latencyMs })
    const made = await world.run(...first)
    // Four of each mailbox under way at a time, for all that has to be written there.
    const ideal = (300 / 4) * (latencyMs / 1000)
    line('80 ms a request, first run, seconds', made.seconds.toFixed(1), ideal, '2')
    console.log(`refused as too much (429): ${made.throttled} (aim 0)`)
    await world.close()
  },
  async memory() {
    const peaks = []
    for (const mailboxes of [50, 400]) {
      const world = await fleet(mailboxes, 300)
      const { megabytes, seconds } = await world.run(...first)
      console.log(
        `${mailboxes} mailboxes x 300 people, first run: ${megabytes.toFixed(0)} MB, ${seconds.toFixed(1)} s`,
      )
      peaks.push(megabytes)
      await world.close()
    }
    line('peak memory of 400 mailboxes, MB', peaks[1].toFixed(0), peaks[0].toFixed(0), '1.5')
  },
  async idle() {
    const world = await fleet(2000, 1000, { filled: true })
    const { megabytes, seconds, batches, listings } = await world.run(...idle)
    console.log(
      `2,000 mailboxes x 1,000 people, idle: ${megabytes.toFixed(0)} MB (aim under 1,024), ${seconds.toFixed(1)} s, ${batches} batches of ${listings} listings`,
    )
    await world.close()
  },
}

const asked = process.argv.slice(2)
for (const name of asked.length > 0 ? asked : Object.keys(scenarios)) await scenarios[name]()
