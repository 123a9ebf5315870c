import type { Step } from './steps.ts'

/** So many steps wait for their mailboxes at a time, at most: all of them together would fill the memory. */
const MOST_ASIDE = 10_000

/**
 * Steps in an order in which no mailbox has more than so many under way: one that is slow holds up its own
 * steps alone. Within a mailbox the order stays, and with it what waits for what.
 */
export class Lanes implements AsyncIterable<Step> {
  readonly #steps: Iterator<Step>
  readonly #most: number
  readonly #underWay = new Map<string, number>()
  readonly #aside = new Map<string, Step[]>()
  #asideCount = 0
  /** Mailboxes with room for a step that waits aside. */
  readonly #open = new Set<string>()
  #exhausted = false
  #wake: (() => void) | undefined

  /** @param most steps of one mailbox under way at a time. */
  constructor(steps: Iterator<Step>, most: number) {
    this.#steps = steps
    this.#most = most
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Step> {
    for (;;) {
      const step = this.#fromAside() ?? this.#fromSource()
      if (step) yield step
      else if (this.#exhausted && this.#asideCount === 0) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** It is over, and makes room for another of its mailbox. */
  end(step: Step): void {
    const lane = laneOf(step)
    if (lane !== undefined) {
      this.#underWay.set(lane, this.#underWay.get(lane)! - 1)
      if (this.#aside.has(lane)) this.#open.add(lane)
    }
    this.#wake?.()
    this.#wake = undefined
  }

  #fromAside(): Step | undefined {
    for (const lane of this.#open) {
      const waiting = this.#aside.get(lane)!
      const step = waiting.shift()!
      this.#asideCount--
      if (waiting.length === 0) this.#aside.delete(lane)
      this.#begin(lane)
      if (waiting.length === 0 || !this.#hasRoom(lane)) this.#open.delete(lane)
      return step
    }
    return undefined
  }

  #fromSource(): Step | undefined {
    while (!this.#exhausted && this.#asideCount < MOST_ASIDE) {
      const { done, value } = this.#steps.next()
      if (done) this.#exhausted = true
      else {
        const lane = laneOf(value)
        if (lane === undefined) return value
        if (this.#hasRoom(lane) && !this.#aside.has(lane)) {
          this.#begin(lane)
          return value
        }
        this.#putAside(lane, value)
      }
    }
    return undefined
  }

  #putAside(lane: string, step: Step): void {
    this.#asideCount++
    const waiting = this.#aside.get(lane)
    if (waiting) waiting.push(step)
    else this.#aside.set(lane, [step])
  }

  #hasRoom(lane: string): boolean {
    return (this.#underWay.get(lane) ?? 0) < this.#most
  }

  #begin(lane: string): void {
    this.#underWay.set(lane, (this.#underWay.get(lane) ?? 0) + 1)
  }
}

function laneOf({ one, at }: Step): string | undefined {
  return one.mailboxes?.[at]?.id
}
