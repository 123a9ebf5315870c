/** Golden files: what a rendering looks like, kept to be read. `UPDATE_GOLDEN=1 npm test` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs'

/** What the golden file of that name holds, to compare a rendering with. */
export function golden(name: string, text: string): string {
  const file = new URL(`golden/${name}`, import.meta.url)
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, text.endsWith('\n') ? text : `${text}\n`)
  const kept = readFileSync(file, 'utf8')
  return text.endsWith('\n') ? kept : kept.slice(0, -1)
}
