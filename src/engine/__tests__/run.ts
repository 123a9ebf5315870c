/** An apply of one profile, with its target in memory and its journal in a folder of its own. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyAll, type ApplyOptions } from '../apply.ts'
import { Journal } from '../journal.ts'
import type { Proposed, RunContext } from '../kind.ts'
import { planAll, type Task } from '../planning.ts'
import type { ProfileResult, Result } from '../result.ts'
import { task, type Script, type Target } from './memory.ts'

const NOW = new Date('2026-11-21T09:00:00Z')
export const CONTEXT: RunContext = { now: NOW, profileNames: new Set(['people']) }

type Lines = Record<string, unknown>[]

export class Run {
  target: Target = new Map()
  readonly paths: { readonly journal: string; readonly removed: string }
  readonly journal: Journal

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'))
    this.paths = { journal: join(folder, 'journal.ndjson'), removed: join(folder, 'removed.ndjson') }
    this.journal = new Journal(this.paths, () => NOW)
    this.journal.begin({ digest: 'sha256:0', commit: 'abc', actor: 'ada', run: null, limits: {} })
  }

  /** What the script proposes is planned, and written with the consent of somebody who saw it. */
  async apply(
    script: Script | readonly Proposed<Target>[],
    options: Partial<ApplyOptions> = {},
    as: Partial<Task> = {},
  ): Promise<{ result: Result; profile: ProfileResult }> {
    const planned = await planAll(
      [task('proposed' in script ? script : { proposed: script }, this.target, as)],
      CONTEXT,
    )
    const result = await applyAll(planned, {
      approvalOf: () => 'seen',
      journal: this.journal,
      concurrency: 4,
      ...options,
    })
    return { result, profile: result.profiles[0]! }
  }

  journalled(): Lines {
    return linesOf(this.paths.journal)
  }

  removed(): Lines {
    return linesOf(this.paths.removed)
  }
}

function linesOf(file: string): Lines {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Lines[number])
}
