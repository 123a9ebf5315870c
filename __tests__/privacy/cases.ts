/** Whoever can read a repository: in which repositories, with which `detail`, and what they may learn there. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Runner } from '../../src/simulator/github/runner.ts'
import type { Simulator } from '../../src/simulator/simulator.ts'

export interface Case {
  readonly detail: 'masked' | 'counts' | 'full'
  readonly visibility: 'private' | 'internal' | 'public' | 'unknown'
}

export const CASES: readonly Case[] = (['masked', 'counts', 'full'] as const).flatMap((detail) =>
  (['private', 'internal', 'public', 'unknown'] as const).map((visibility) => ({ detail, visibility })),
)

/** A public repository gets counts, whatever is asked for, and so does one that may be. */
export function shown({ detail, visibility }: Case): Case['detail'] {
  return visibility === 'public' || visibility === 'unknown' ? 'counts' : detail
}

/** A job in such a repository. Of one that is unknown neither the event tells it, nor GitHub. */
export function inRepository(
  { visibility }: Case,
  { world, faults }: Simulator,
  prepare: () => Runner,
): Runner {
  if (visibility !== 'unknown') {
    world.github.repository.visibility = visibility
    return prepare()
  }
  faults.add({ on: { service: 'github', path: /\/repos\/[^/]+\/[^/]+$/ }, do: { status: 404 } })
  const runner = prepare()
  const path = runner.env['GITHUB_EVENT_PATH']!
  const { visibility: _, private: __, ...repository } = JSON.parse(readFileSync(path, 'utf8')).repository
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), repository }))
  return runner
}
