/** The documentation of mailbox-migration, and the tenants that it gives to practise on, as tests take them apart. */
import { readFileSync } from 'node:fs'

export const PAGE = readFileSync('docs/mailbox-migration.md', 'utf8')
export const PRACTICE = 'docs/examples/mailbox-move'

/** What the page shows of a run, by what stands behind `text`. @throws RangeError */
function shownOnPage(title: string): string {
  const [, block] = new RegExp(`^\`\`\`text ${title}\n(.*?)^\`\`\``, 'ms').exec(PAGE) ?? []
  if (block === undefined) throw new RangeError(`The page has no block ${JSON.stringify(title)}.`)
  return block
}

/** @returns what the page shows of a run, and the run did not print. The page leaves out something at a line `…`. */
export function notPrinted(output: string, title: string): string[] {
  let rest = output
  return shownOnPage(title)
    .split(/^…\n/m)
    .filter((part) => {
      const at = rest.indexOf(part)
      if (at >= 0) rest = rest.slice(at + part.length)
      return at < 0
    })
}
