// Plans 100,000 people against 100,000 contacts with the packaged program, and reads the same pages
// with a bare client. Usage: npm run build && node bench/plan.mjs [people]
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startSimulator } from '../lib/simulator/simulator.js'
import { seed, TENANTS } from './world.mjs'

const people = Number(process.argv[2] ?? 100_000)
const RUNS = 3
const simulator = await startSimulator({
  seed: { ...seed(people), behaviour: { identityResourceUnits: false } },
})
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
mkdirSync(join(folder, 'sync-profiles'))
writeFileSync(
  join(folder, 'sync-profiles/tenants.yaml'),
  JSON.stringify({
    tenants: Object.fromEntries(
      Object.entries(TENANTS).map(([name, tenant]) => [
        name,
        {
          ...tenant,
          organization: `${name}.onmicrosoft.com`,
          domains: [`${name}.com`],
          credential: 'client-secret',
        },
      ]),
    ),
  }),
)
writeFileSync(
  join(folder, 'sync-profiles/people.yaml'),
  'name: people\nkind: mail-contacts\nfrom: [{ entra: fabrikam }]\nto: { tenant: contoso }\n',
)

const environment = { ...process.env, ...simulator.env, BENCH_TENANTS: JSON.stringify(TENANTS) }
const measure = ['--import', resolve('bench/measure.mjs')]

function run(args) {
  const begun = performance.now()
  const before = simulator.requests.length
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [...measure, ...args], { cwd: folder, env: environment })
    let out = ''
    let err = ''
    child.stdout.on('data', (data) => (out += data))
    child.stderr.on('data', (data) => (err += data))
    child.on('close', (code) => {
      if (code !== 0) fail(new Error(`${args.join(' ')} ended with ${code}: ${err.slice(-2000)}`))
      const megabytes = Number(/peak-kilobytes (\d+)/.exec(err)[1]) / 1024
      done({
        seconds: (performance.now() - begun) / 1000,
        megabytes,
        requests: simulator.requests.slice(before),
        out,
      })
    })
  })
}

const selected = (requests, operation) =>
  decodeURIComponent(
    /[?&](?:\$|%24)select=([^&]+)/.exec(requests.find((one) => one.operation === operation).path)[1],
  )
const median = (runs, of) => runs.map(of).sort((left, right) => left - right)[runs.length >> 1]

const planned = []
for (let index = 0; index < RUNS; index++)
  planned.push(await run([resolve('dist/cli.js'), 'plan', '--detail', 'counts', '--out', 'plan.json']))
const { requests } = planned[0]
const select = JSON.stringify({
  users: selected(requests, '/users'),
  mailContact: selected(requests, 'Get-MailContact'),
  contact: selected(requests, 'Get-Contact'),
  recipient: selected(requests, 'Get-Recipient'),
})
const bare = []
for (let index = 0; index < RUNS; index++) bare.push(await run([resolve('bench/bare.mjs'), select]))
await simulator.close()

const { counts } = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')).profiles[0]
rmSync(folder, { recursive: true })
const table = (runs) =>
  `${median(runs, (one) => one.seconds).toFixed(1)} s, ${Math.round(median(runs, (one) => one.megabytes))} MB, ${runs[0].requests.length} requests`
const byOperation = [...new Set(requests.map(({ operation }) => operation))].map(
  (operation) => `${operation} ${requests.filter((one) => one.operation === operation).length}`,
)
console.log(`people ${people}; plan ${JSON.stringify(counts)}`)
console.log(`plan: ${table(planned)} (${byOperation.join(', ')})`)
console.log(`bare: ${table(bare)}`)
console.log(
  `ratio ${(median(planned, (one) => one.seconds) / median(bare, (one) => one.seconds)).toFixed(2)} (aim: at most 1.3), memory under 700 MB`,
)
