/** The main job on this machine alone: two fictional tenants on the simulator, and the program itself run against them. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Plan } from '../../engine/plan.ts'
import { planComment } from '../../report/markdown/plan.ts'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import type { Tenant } from '../../simulator/world.ts'
import type { Console } from '../console.ts'
import { demoSeed } from './tenants.ts'

/** So that the comment fits a screen: it is rendered in less detail, never cut. */
const SCREENFUL = 16_384

/** @returns the exit code of the first step that fails, else 0. */
export async function demo(console: Console): Promise<number> {
  // The first cycle is run when it is told of: so that whoever is provisioned to verify the apply arrives by that.
  const simulator = await startSimulator({ seed: { ...demoSeed(), behaviour: { cycleOnStart: false } } })
  try {
    return await walk(simulator, console)
  } finally {
    await simulator.close()
  }
}

async function walk(simulator: Simulator, console: Console): Promise<number> {
  const program = realpathSync(process.argv[1]!)
  const folder = mkdtempSync(join(tmpdir(), 'tenant-sync-demo-'))
  const [planFile, report, journal] = ['plan.json', 'report.html', 'journal.ndjson'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  const say = (text: string) => console.out(`\n${text}`)
  const step = (words: string, args: readonly string[], quiet = false) => {
    say(`${words}\n$ node dist/cli.js ${args.join(' ')}${quiet ? ' > /dev/null' : ''}`)
    return runItself(program, args, simulator, quiet)
  }

  console.out(
    'Two tenants are played on this machine: Microsoft Entra, Graph and Exchange, as strict as the services.',
  )
  tellHoldings(simulator, console)

  let code = await step('The sync profiles in sync-profiles/ are checked.', ['validate'])
  if (code !== 0) return code
  code = await step(
    'What would be done is planned. Nothing is written.',
    ['plan', '--out', planFile, '--report', report],
    true,
  )
  if (code !== 0) return code
  const plan = JSON.parse(readFileSync(planFile, 'utf8')) as Plan
  say(
    `On a pull request this comment shows it (names masked, as it is the default):\n\n${planComment(plan, { id: 'default', detail: 'masked', budgetBytes: SCREENFUL })}`,
  )
  code = await step('Just this plan is applied, no other: it is named by its digest.', [
    'apply',
    '--accept-digest',
    plan.digest,
    '--journal',
    journal,
  ])
  if (code !== 0) return code
  if (runCycles(simulator) > 0)
    say(
      'What the apply started, Microsoft Entra goes on with by itself: the first provisioning cycle is run.',
    )
  tellHoldings(simulator, console)
  code = await step('Planned again, there is nothing to do.', ['plan'])
  if (code !== 0) return code

  say(
    `Left to look at:\n  ${report}   the plan as a page\n  ${journal}   each write, before and after\nTo practise by yourself: node dist/cli.js simulate --seed docs/examples/two-tenants.yaml`,
  )
  return 0
}

/** @returns how many jobs of cross-tenant synchronization are running. */
function runCycles(simulator: Simulator): number {
  const running = [...simulator.world.tenants.values()].flatMap(({ name, crossTenant }) =>
    [...crossTenant.servicePrincipals.values()].flatMap(({ job, properties }) =>
      job?.isStarted ? [{ tenant: name, application: String(properties['displayName']) }] : [],
    ),
  )
  for (const { tenant, application } of running) simulator.runCycle(tenant, application)
  return running.length
}

function tellHoldings({ world }: Simulator, console: Console): void {
  for (const tenant of world.tenants.values()) {
    const { name, directory, recipients, mailboxes } = tenant
    const own = [...mailboxes].reduce((sum, mailbox) => sum + [...mailbox.contacts()].length, 0)
    const arrivals = arrivalsIn(tenant)
    console.out(
      `  ${name}: ${directory.userCount} users, ${arrivals.length} of them synchronized from another tenant; ${[...recipients.ofType('MailContact')].length} mail contacts in the address list, ${own} contacts in people's own mailboxes`,
    )
    if (arrivals.length > 0) console.out(`    arrived: ${arrivals.join(', ')}`)
  }
}

/** The display names of those whom cross-tenant synchronization made users here. */
function arrivalsIn({ crossTenant, directory }: Tenant): string[] {
  return [...crossTenant.origins.keys()].flatMap((id) => {
    const user = directory.user(id)
    return user ? [String(user.properties['displayName'])] : []
  })
}

/** The program as a user runs it, with the simulator in place of the services. */
function runItself(
  program: string,
  args: readonly string[],
  { env }: Simulator,
  quiet: boolean,
): Promise<number> {
  const { GITHUB_ACTIONS: _, ...own } = process.env
  const child = spawn(process.execPath, [program, ...args], {
    cwd: dirname(dirname(program)),
    env: { ...own, ...env },
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}
