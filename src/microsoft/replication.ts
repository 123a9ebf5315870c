/** What was made a moment ago may not be known to the next server of Exchange at once. */
import { setTimeout as delay } from 'node:timers/promises'
import { isAmbiguous } from './errors.ts'
import { isNotFound } from './exchange-errors.ts'
import { identityOf, type ExchangeReader, type Row } from './exchange.ts'
import { backoff } from './throttling.ts'

const MOST_ATTEMPTS = 5
/** So often somebody looks for what must be there. */
const REPLICATION_READS = 8
/** So often, for what may never have been made. */
const LOST_ANSWER_READS = 2
/** Milliseconds between two looks. */
const WAIT = 1000

export interface Making<Made> {
  make(): Promise<Made>
  /** Looks for it, by what it alone is known by. */
  find(): Promise<Made | undefined>
  /** Whether an error says that it is there already. */
  isThere(error: unknown): boolean
  /** Whether what was found may be it; else the error stands. */
  fits?(found: Made): boolean
}

/**
 * Makes an object once: when the answer is lost, or there is one already, it is looked for before it is made again.
 * @throws what `make` throws.
 */
export async function makeOnce<Made>({ make, find, isThere, fits }: Making<Made>): Promise<Made> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await make()
    } catch (error) {
      const mustStand = attempt > 1 || isThere(error)
      const reads = mustStand ? REPLICATION_READS : isAmbiguous(error) ? LOST_ANSWER_READS : 0
      const found = await lookedFor(find, reads)
      if (found !== undefined) {
        if (fits?.(found) === false) throw error
        return found
      }
      if (!isAmbiguous(error) || attempt >= MOST_ATTEMPTS) throw error
      await delay((error.retryAfter ?? backoff(attempt)) * 1000)
    }
  }
}

async function lookedFor<Made>(
  find: () => Promise<Made | undefined>,
  reads: number,
): Promise<Made | undefined> {
  for (let read = 1; read <= reads; read++) {
    if (read > 1) await delay(WAIT)
    const found = await find()
    if (found !== undefined) return found
  }
  return undefined
}

/** Sends what concerns a new object until the object is known. @throws what it throws for another reason. */
export async function onceKnown(send: () => Promise<unknown>): Promise<void> {
  for (let read = 1; ; read++) {
    try {
      await send()
      return
    } catch (error) {
      if (!isNotFound(error) || read >= REPLICATION_READS) throw error
      await delay(WAIT)
    }
  }
}

/** @param identity a GUID or a name: `Identity` of a cmdlet means many things, and a row must bear just this. */
export async function findOne(
  exchange: ExchangeReader,
  cmdlet: `Get-${string}`,
  identity: string,
): Promise<Row | undefined> {
  try {
    for await (const rows of exchange.pages(cmdlet, { Identity: identity })) {
      const found = rows.find((row) => identityOf(row) === identity || row['Name'] === identity)
      if (found) return found
    }
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
  return undefined
}
