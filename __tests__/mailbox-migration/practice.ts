/** The tenants to practise on, and the move of the page, step by step. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { planRun } from '../../src/commands/run.ts'
import type { Result } from '../../src/engine/result.ts'
import { terminalPlan } from '../../src/report/terminal/plan.ts'
import type { Seed } from '../../src/simulator/seed.ts'
import { Tenants } from '../people.ts'
import { standIn } from '../pwsh/stand-in.ts'
import { LICENSED } from './migrating.ts'
import { PRACTICE } from './page.ts'

const PROFILE = readFileSync(`${PRACTICE}/sync-profiles/fabrikam-moves.yaml`, 'utf8')

export class Practice {
  readonly #tenants: Tenants

  private constructor(tenants: Tenants) {
    this.#tenants = tenants
  }

  static async start(): Promise<Practice> {
    const seed = parse(readFileSync(`${PRACTICE}/seed.yaml`, 'utf8')) as Seed
    const tenants = await Tenants.start({
      // A batch goes on when it is told to.
      seed: { ...seed, behaviour: {} },
      env: { ...standIn(), MIGRATION_APP_SECRET: 'a-secret-to-practise-with' },
      files: { 'tenants.yaml': readFileSync(`${PRACTICE}/sync-profiles/tenants.yaml`, 'utf8') },
    })
    const practice = new Practice(tenants)
    practice.#write(PROFILE)
    return practice
  }

  #write(profile: string): void {
    this.#tenants.write('people.yaml', profile)
  }

  /** @param more keys of the batch besides its name. */
  batch(more: string): void {
    this.#write(PROFILE.replace('{ name: wave-1 }', `{ name: wave-1, ${more} }`))
  }

  absent(): void {
    this.#write(`${PROFILE}state: absent\nlimits: { deletes: 100% }\n`)
  }

  /** Somebody gets a licence for the move. */
  licence(userPrincipalName: string): void {
    this.#tenants.directory.updateUser(userPrincipalName, LICENSED)
  }

  advance(batch: string, steps: number): void {
    for (let step = 0; step < steps; step++) this.#tenants.simulator.advanceMigration('contoso', batch)
  }

  /** What a terminal shows. */
  async plan({ powershell = true } = {}): Promise<string> {
    const { env, ...options } = this.#tenants.options
    const nowhere = { TENANT_SYNC_PWSH: join(import.meta.dirname, 'no-powershell-here') }
    const { plan } = await planRun({ ...options, env: { ...env, ...(powershell ? {} : nowhere) } }, 'plan')
    return terminalPlan(plan, { detail: 'full', color: false, width: 100 })
  }

  apply(): Promise<Result> {
    return this.#tenants.apply()
  }

  /** User principal names of those who have a mailbox. */
  mailboxes(): Record<string, string[]> {
    return Object.fromEntries(
      Array.from(this.#tenants.simulator.world.tenants, ([name, { recipients }]) => [
        name,
        Array.from(recipients.ofType('UserMailbox'), ({ values }) =>
          String(values['UserPrincipalName']),
        ).sort(),
      ]),
    )
  }

  stop(): Promise<void> {
    return this.#tenants.stop()
  }
}
