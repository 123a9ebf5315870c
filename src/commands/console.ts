/** The terminal as commands see it: what they say, and what they may ask. */
import { createInterface } from 'node:readline/promises'

export interface Console {
  /** What was asked for: a plan, a result, JSON. */
  out(text: string): void
  /** What goes on meanwhile: faults, progress, questions. */
  err(text: string): void
  readonly color: boolean
  /** Columns. */
  readonly width: number
  /** Whether somebody is there to be asked. */
  readonly interactive: boolean
  /** @returns whether the answer was `yes`. */
  ask(question: string): Promise<boolean>
}

const WIDTH_OF_A_FILE = 100

export function processConsole(): Console {
  const { stdin, stdout, stderr, env } = process
  return {
    out: (text) => stdout.write(`${text}\n`),
    err: (text) => stderr.write(`${text}\n`),
    color: stdout.isTTY === true && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb',
    width: stdout.columns || WIDTH_OF_A_FILE,
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stderr })
      try {
        return /^y(es)?$/i.test((await lines.question(`${question} [yes/no] `)).trim())
      } finally {
        lines.close()
      }
    },
  }
}
