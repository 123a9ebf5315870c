/** How each change of a profile ends: once, or mailbox by mailbox where several share it. */
import type { Mailbox, Proposed } from './kind.ts'
import type { ChangeResult, HeldBecause, MailboxFailure } from './result.ts'

/** How one write of a change ended. */
export type StepEnding = Exclude<ChangeResult, { status: 'divided' | 'elsewhere' }>

type Tried = Exclude<StepEnding, { status: 'held' }>

interface Tally {
  /** Of a change that no mailboxes share. */
  only?: Tried
  held?: HeldBecause
  done: number
  readonly failures: MailboxFailure[]
  readonly skipped: { mailbox: string; why: string }[]
}

interface Awaited {
  readonly ending: Promise<StepEnding>
  readonly resolve: (ending: StepEnding) => void
}

export class Endings {
  readonly #tallies: ReadonlyMap<Proposed<unknown>, Tally>
  /** Of the changes that others wait for alone: of all, they would fill the memory. */
  readonly #awaited = new Map<Proposed<unknown>, Map<string, Awaited>>()

  readonly #isOwnPart: (mailbox: Mailbox) => boolean

  constructor(proposed: readonly Proposed<unknown>[], isOwnPart: (mailbox: Mailbox) => boolean) {
    this.#isOwnPart = isOwnPart
    this.#tallies = new Map(proposed.map((one) => [one, { done: 0, failures: [], skipped: [] }]))
    for (const { after = [], behind = [] } of proposed)
      for (const earlier of [...after, ...behind]) this.#awaited.set(earlier, new Map<string, Awaited>())
  }

  /** Before it is written: whoever waits for it finds it under way. */
  begin(one: Proposed<unknown>, mailbox: Mailbox | undefined): void {
    this.#awaited.get(one)?.set(placeOf(mailbox), awaited())
  }

  end(one: Proposed<unknown>, mailbox: Mailbox | undefined, ending: StepEnding): void {
    const tally = this.#tallies.get(one)!
    // What waits for one that is held is held as it is: as a whole.
    if (ending.status === 'held') tally.held = ending.why
    else if (mailbox) count(tally, mailbox.name, ending)
    else tally.only = ending
    this.#awaited.get(one)?.get(placeOf(mailbox))?.resolve(ending)
  }

  /** The change as a whole is not written. */
  hold(one: Proposed<unknown>, why: HeldBecause): void {
    this.#tallies.get(one)!.held = why
  }

  /** How a change ends that others wait for; in a mailbox that it is not about, there is nothing to wait for. */
  async of(earlier: Proposed<unknown>, mailbox: Mailbox | undefined): Promise<StepEnding> {
    const why = this.#tallies.get(earlier)?.held
    if (why !== undefined) return { status: 'held', why }
    const place = this.#awaited.get(earlier)?.get(placeOf(earlier.mailboxes && mailbox))
    if (place) return place.ending
    return earlier.mailboxes
      ? { status: 'done' }
      : { status: 'skipped', why: `${earlier.change.key} is not written` }
  }

  /** How many of a change's writes ended so. */
  sums(one: Proposed<unknown>): Record<'done' | 'held' | 'failed' | 'skipped', number> {
    const { only, held, done, failures, skipped } = this.#tallies.get(one)!
    const is = (status: Tried['status']) => Number(only?.status === status)
    return {
      done: done + is('done'),
      held: held === undefined ? 0 : (one.mailboxes?.filter(this.#isOwnPart).length ?? 1),
      failed: failures.length + is('failed'),
      skipped: skipped.length + is('skipped'),
    }
  }

  /** Whether anything of it was written. */
  isWritten(one: Proposed<unknown>): boolean {
    const { only, done, failures } = this.#tallies.get(one)!
    return (
      done > 0 ||
      only?.status === 'done' ||
      (only !== undefined && 'begun' in only) ||
      failures.some(({ begun }) => begun)
    )
  }

  resultOf(one: Proposed<unknown>): ChangeResult {
    const { only, held, done, failures, skipped } = this.#tallies.get(one)!
    if (held !== undefined) return { status: 'held', why: held }
    if (only) return only
    if (failures.length + skipped.length > 0) return { status: 'divided', done, failures, skipped }
    return { status: done > 0 ? 'done' : 'elsewhere' }
  }
}

/** Where a change is made, as a key: one that is made in no mailbox has one place. */
export function placeOf(mailbox: Mailbox | undefined): string {
  return mailbox?.id ?? ''
}

function count(tally: Tally, mailbox: string, ending: Tried): void {
  switch (ending.status) {
    case 'done':
      tally.done++
      break
    case 'failed':
      tally.failures.push({ mailbox, error: ending.error, ...(ending.begun && { begun: true }) })
      break
    case 'skipped':
      tally.skipped.push({ mailbox, why: ending.why })
  }
}

function awaited(): Awaited {
  let resolve: Awaited['resolve'] = () => undefined
  const ending = new Promise<StepEnding>((done) => (resolve = done))
  return { ending, resolve }
}
