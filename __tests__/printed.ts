/** What a command prints at a terminal that nobody sits at. */
import type { Console } from '../src/commands/console.ts'

export interface Printed {
  readonly code: number
  readonly text: string
}

export async function printedBy(command: (console: Console) => Promise<number>): Promise<Printed> {
  const lines: string[] = []
  const code = await command({
    out: (text) => lines.push(text),
    err: (text) => lines.push(text),
    color: false,
    width: 100,
    interactive: false,
    ask: () => Promise.resolve(false),
  })
  return { code, text: lines.join('\n') }
}
