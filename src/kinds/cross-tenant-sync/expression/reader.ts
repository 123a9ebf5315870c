import { ExpressionError } from './expression.ts'

/** Goes through the text of an expression from left to right; white space between parts does not count. */
export class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
    this.#skip()
  }

  /** From 1, in UTF-16 units. */
  get column(): number {
    return this.#at + 1
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length
  }

  /** The next character, for people; the end has a name of its own. */
  get next(): string {
    return this.isAtEnd ? 'the end' : `\`${String.fromCodePoint(this.#text.codePointAt(this.#at)!)}\``
  }

  startsWith(part: string): boolean {
    return this.#text.startsWith(part, this.#at)
  }

  /** @param pattern sticky (`y`). @returns what it matches here, having gone past it. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const [found] = pattern.exec(this.#text) ?? []
    if (found === undefined) return undefined
    this.#at += found.length
    this.#skip()
    return found
  }

  /** @returns whether the part stands here, having gone past it. */
  takes(part: string): boolean {
    if (!this.startsWith(part)) return false
    this.#at += part.length
    this.#skip()
    return true
  }

  fault(message: string, column = this.column): ExpressionError {
    return new ExpressionError(message, column)
  }

  #skip(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++
  }
}
