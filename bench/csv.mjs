// Plans the rows of a file, all of them new in an empty target, with the packaged program: rows per
// second, and peak memory. Usage: npm run build && node bench/csv.mjs [rows]
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { startSimulator } from '../lib/simulator/simulator.js'
import { seed, TENANTS } from './world.mjs'

const rows = Number(process.argv[2] ?? 100_000)
const RUNS = 3
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const file = (name) => join(folder, 'sync-profiles', name)
mkdirSync(file(''))
writeFileSync(
  file('tenants.yaml'),
  JSON.stringify({
    tenants: {
      contoso: {
        ...TENANTS.contoso,
        organization: 'contoso.onmicrosoft.com',
        credential: 'client-secret',
      },
    },
  }),
)
writeFileSync(
  file('people.yaml'),
  `name: people
kind: mail-contacts
from: [{ csv: people.csv, where: city != "" }]
to: { tenant: contoso, owns: [fabrikam.com] }
`,
)
writeFileSync(file('people.csv'), table(seed(rows).tenants.fabrikam.users))

/** None of the values needs quotes. */
function table(people) {
  const columns = Object.keys(people[0])
  return [columns, ...people.map((person) => columns.map((column) => person[column]))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('')
}

const simulator = await startSimulator({
  seed: { ...seed(0), behaviour: { identityResourceUnits: false } },
})

async function plan() {
  const begun = performance.now()
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [
      '--import',
      resolve('bench/measure.mjs'),
      resolve('dist/cli.js'),
      'plan',
      '--detail',
      'counts',
      '--out',
      'plan.json',
    ],
    { cwd: folder, env: { ...process.env, ...simulator.env } },
  )
  return {
    seconds: (performance.now() - begun) / 1000,
    megabytes: Number(/peak-kilobytes (\d+)/.exec(stderr)[1]) / 1024,
  }
}

const median = (runs, of) => runs.map(of).sort((left, right) => left - right)[runs.length >> 1]

const runs = []
for (let index = 0; index < RUNS; index++) runs.push(await plan())
await simulator.close()

const { counts } = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')).profiles[0]
const size = statSync(file('people.csv')).size / 1_048_576
rmSync(folder, { recursive: true })
const seconds = median(runs, (one) => one.seconds)
console.log(`rows ${rows} (${size.toFixed(1)} MB); plan ${JSON.stringify(counts)}`)
console.log(
  `plan: ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows a second, ${Math.round(median(runs, (one) => one.megabytes))} MB`,
)
