/** The documentation of the sources, as tests take it apart. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const FOLDER = 'docs/sources'
export const NAMES = ['entra', 'exchange', 'active-directory', 'csv', 'http'] as const
export type PageName = (typeof NAMES)[number]

/** @param file below `docs/sources`. */
export function page(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8')
}

/** Of a language, from top to bottom. */
export function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block!)
}

/** Each row by the column's title; code is taken out of its backticks. */
export type Row = Readonly<Record<string, string>>

/** All tables, from top to bottom. */
export function tables(text: string): Row[][] {
  return [...text.matchAll(/(?:^\|.*\|$\n?)+/gm)].map(([table]) => {
    const [titles, , ...rows] = table.trim().split('\n').map(cells)
    return rows.map((row) => Object.fromEntries(titles!.map((title, index) => [title, row[index]!])))
  })
}

function cells(row: string): string[] {
  // A pipe in a cell follows a backslash.
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1'))
}

/** What the page says that stands in the target: one row a contact. */
export function standing(text: string): Row[] {
  return tables(text).find(([row]) => row && 'contact' in row)!
}
