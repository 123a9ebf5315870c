/**
 * How much of a service's published limit is left, so that its refusals are not provoked: so much in
 * any stretch of time. The time is kept in slices, for thousands of these are kept at once.
 */
const SLICES = 20

export class Allowance {
  readonly #most: number
  readonly #milliseconds: number
  readonly #slices: { readonly from: number; used: number }[] = []

  /** @param most in any stretch of so many milliseconds. */
  constructor(most: number, milliseconds: number) {
    this.#most = most
    this.#milliseconds = milliseconds
  }

  /** Milliseconds until so much may be used; 0 when it may be now. More than all there is waits for nobody. */
  wait(amount: number, now: number): number {
    this.#forget(now)
    let used = this.#slices.reduce((sum, slice) => sum + slice.used, 0)
    if (used + amount <= this.#most) return 0
    for (const slice of this.#slices) {
      used -= slice.used
      if (used + amount <= this.#most) return this.#end(slice) - now
    }
    return 0
  }

  use(amount: number, now: number): void {
    const width = this.#milliseconds / SLICES
    const last = this.#slices.at(-1)
    if (last && now - last.from < width) last.used += amount
    else this.#slices.push({ from: now, used: amount })
  }

  #forget(now: number): void {
    while (this.#slices[0] && this.#end(this.#slices[0]) <= now) this.#slices.shift()
  }

  /** When all that was used in it is out of the stretch. */
  #end({ from }: { from: number }): number {
    return from + this.#milliseconds + this.#milliseconds / SLICES
  }
}
