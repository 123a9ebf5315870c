/**
 * The journal of an apply (`journal.ndjson`): a header, then a line before and a line after every
 * write, written through at once, so that a run that dies leaves the evidence. It names fields, never
 * values. What a delete removes goes whole into `removed.ndjson`.
 */
import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Action, Change } from './plan.ts'

/** What a service says of one write. */
export interface Receipt {
  /** The HTTP status of the answer (RFC 9110). */
  readonly status: number
  readonly requestId?: string
  /** How often it was sent, from 1. */
  readonly attempt: number
  /** The object's id, where the answer gave it one. */
  readonly targetId?: string
}

/** What a line of the journal is about. */
export type Written = Pick<Change, 'object' | 'key' | 'targetId'>

/** Given to a change while it is written: every write goes through it. */
export interface Recorder {
  write<T extends Receipt>(about: About, send: () => Promise<T>): Promise<T>
  /**
   * Keeps the whole object that is about to be deleted.
   * @param kind what it is called, where it is another one than the change is about.
   */
  removing(object: unknown, kind?: string): void
}

/** One write. */
export interface About {
  readonly action: Action
  /** What it writes is called, where that is another one than the change is about. */
  readonly object?: string
  readonly targetId?: string
  readonly fields: readonly string[]
}

export interface JournalHeader {
  readonly digest: string
  readonly commit: string | null
  readonly actor: string | null
  /** Where the run can be seen. */
  readonly run: string | null
  readonly limits: Readonly<Record<string, unknown>>
}

export class Journal {
  #seq = 0
  readonly #journal: string
  readonly #removed: string
  readonly #clock: () => Date

  constructor(paths: { journal: string; removed: string }, clock: () => Date = () => new Date()) {
    this.#journal = paths.journal
    this.#removed = paths.removed
    this.#clock = clock
  }

  /** Behind what an earlier run left in the same file: evidence is never written over. */
  begin(header: JournalHeader): void {
    for (const file of [this.#journal, this.#removed]) mkdirSync(dirname(file), { recursive: true })
    appendFileSync(this.#removed, '', { mode: 0o600 })
    this.#append({ formatVersion: 1, ...header })
  }

  /** @param mailbox its id, where the change is made in one of many: journals are kept where names are not shown. */
  recorder(profile: string, change: Written, mailbox?: string): Recorder & { written(): boolean } {
    let written = false
    return {
      written: () => written,
      write: async (about, send) => {
        const seq = ++this.#seq
        const line = {
          seq,
          profile,
          action: about.action,
          object: about.object ?? change.object,
          key: change.key,
          ...(mailbox !== undefined && { mailbox }),
          targetId: about.targetId ?? change.targetId ?? null,
          fields: about.fields,
        }
        this.#append({ ...line, phase: 'before' })
        try {
          const receipt = await send()
          written = true
          const targetId = line.targetId ?? receipt.targetId ?? null
          this.#append({ ...line, targetId, phase: 'after', ...receiptOf(receipt) })
          return receipt
        } catch (error) {
          this.#append({ ...line, phase: 'after', ...receiptOf(error) })
          throw error
        }
      },
      removing: (object, kind = change.object) => {
        const line = {
          time: this.#now(),
          profile,
          object: kind,
          key: change.key,
          ...(mailbox !== undefined && { mailbox }),
          removed: object,
        }
        appendFileSync(this.#removed, `${JSON.stringify(line)}\n`)
      },
    }
  }

  #append(line: object): void {
    appendFileSync(this.#journal, `${JSON.stringify({ time: this.#now(), ...line })}\n`)
  }

  #now(): string {
    return this.#clock().toISOString()
  }
}

/** Of an answer or of an error that carries one; status `null` when no answer came. */
function receiptOf(from: unknown): { status: number | null; requestId: string | null; attempt: number } {
  const { status, requestId, attempt } = from as Partial<Receipt>
  return { status: status ?? null, requestId: requestId ?? null, attempt: attempt ?? 1 }
}
