/** What is wrong with a file of people. */
export interface CsvFault {
  /** From 1. */
  readonly line: number
  /** What was found and what is allowed, as one sentence without a full stop. */
  readonly message: string
  /** The same without what a cell holds: what may be told to anybody. */
  readonly advice: string
}

/** A fault that tells nothing of a cell. */
export function openFault(line: number, message: string): CsvFault {
  return { line, message, advice: message }
}

/** Faults of a file, from top to bottom. */
export interface CsvFaults {
  /** The first of them: a file can hold one a byte, and nobody reads so many. */
  readonly first: readonly CsvFault[]
  readonly count: number
}

const MOST_SHOWN = 5

/**
 * @param name the file, as the profile has it.
 * @param tell what is told of a fault.
 * @returns e.g. `people.csv:7: has 5 cells, and the header 4; and 2 more`
 */
export function listed(name: string, { first, count }: CsvFaults, tell: (fault: CsvFault) => string): string {
  const shown = first.slice(0, MOST_SHOWN).map((fault) => `${name}:${fault.line}: ${tell(fault)}`)
  const more = count - shown.length
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}
