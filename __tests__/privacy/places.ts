/** Everything that readers of the repository can see of a run, by the place where it stands. */
import { readFileSync } from 'node:fs'
import type { GitHubState } from '../../src/simulator/github/state.ts'
import type { Ended } from '../packaged/program.ts'

export type Places = ReadonlyMap<string, string>

interface Seen extends Ended {
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** Files of a run that leave the runner: our examples upload them, or say that they may be. */
const FILES = ['summary-path', 'report-path', 'journal-path', 'part-path']

export function placesOf({ stdout, stderr, outputs, summary }: Seen, github: GitHubState): Places {
  const log = `${stdout}\n${stderr}`
  return new Map([
    ['log', log.replace(/^::add-mask::.*$/gm, '')],
    ['summary', summary],
    ['outputs', Object.values(outputs).join('\n')],
    ...FILES.flatMap((name) => {
      const path = outputs[name]
      return path === undefined ? [] : [[name, readFileSync(path, 'utf8')] as const]
    }),
    ['comments', github.comments.map(({ body }) => body).join('\n')],
    ['issues', github.issues.map(({ title, body }) => `${title}\n${body ?? ''}`).join('\n')],
  ])
}
