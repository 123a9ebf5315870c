/** Answers without a refusal before one more is sent at a time. */
const CALM = 20

/** How many at a time: fewer at once when a service says that they were too many, more again after a while of quiet. */
export class Pace {
  readonly #most: number
  #allowed: number
  #calm = 0

  /** @param most at a time, at first and at most. */
  constructor(most: number) {
    this.#most = most
    this.#allowed = most
  }

  get allowed(): number {
    return this.#allowed
  }

  /** After each answer. */
  tell(refused: boolean): void {
    this.#calm = refused ? 0 : this.#calm + 1
    if (refused) this.#allowed = Math.max(1, Math.floor(this.#allowed / 2))
    else if (this.#calm >= CALM && this.#allowed < this.#most) {
      this.#allowed++
      this.#calm = 0
    }
  }
}
