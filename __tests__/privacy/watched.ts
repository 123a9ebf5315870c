/** Runs in a repository of some kind, each of them looked at by its readers. */
import type { RunnerOptions } from '../../src/simulator/github/runner.ts'
import type { Repository } from '../review/repository.ts'
import { placesOf, type Places } from './places.ts'
import { inRepository, type Case } from './cases.ts'

export class Watched {
  /** One after the other. */
  readonly runs: Places[] = []
  readonly #known = new Set<string>()
  readonly #given: Case
  readonly #repository: Repository

  constructor(given: Case, repository: Repository) {
    this.#given = given
    this.#repository = repository
    this.#look()
  }

  readonly outcomes: (string | undefined)[] = []

  /** Of people, of their mailboxes, and of what stands in the target for them. */
  get ids(): readonly string[] {
    return [...this.#known]
  }

  async run(options: RunnerOptions): Promise<void> {
    const { simulator } = this.#repository.tenants
    const { detail } = this.#given
    const job = inRepository(this.#given, simulator, () =>
      this.#repository.job({ pull: 7, ...options, inputs: { detail, ...options.inputs } }),
    )
    const finished = await this.#repository.run(job)
    this.#look()
    this.runs.push(placesOf(finished, this.#repository.github))
    this.outcomes.push(finished.outputs['outcome'])
  }

  /** Who leaves, and what is deleted, is known still. */
  #look(): void {
    for (const one of this.#idsNow()) this.#known.add(one)
  }

  /** Of recipients, of people, and of the contacts in their mailboxes. */
  *#idsNow(): Generator<string> {
    for (const {
      recipients,
      mailboxes,
      directory,
    } of this.#repository.tenants.simulator.world.tenants.values()) {
      for (const { guid, objectId } of recipients) yield* [guid, objectId]
      for (const { id } of directory.users()) yield id
      for (const mailbox of mailboxes) for (const { id } of mailbox.contacts()) yield id
    }
  }
}
