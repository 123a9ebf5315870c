/** A job of a workflow, as the commands in it see it: inputs, event, files for later steps. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { githubClient, type Client } from '../../github/client.ts'
import { readRun } from '../../github/event.ts'
import { actionsIdToken } from '../../github/id-token.ts'
import { readInputs, type Inputs } from '../../github/inputs.ts'
import { mask } from '../../github/log.ts'
import { withRepository } from '../../github/repository.ts'
import type { Run } from '../../github/run.ts'
import type { Detail } from '../../report/detail.ts'
import type { RunOptions } from '../run.ts'

export interface Job {
  readonly inputs: Inputs
  readonly run: Run
  /** Absent without a token: nothing is then read from GitHub or written there. */
  readonly client?: Client
  /** What may leave the runner: a repository that is public, or may be, gets counts. */
  readonly detail: Detail
  readonly options: RunOptions
  /** Where a file for later steps stands. */
  path(name: string): string
  /** @returns its path. */
  file(name: string, text: string): string
}

/** @throws InputError, RunRefused */
export async function readJob(env: Readonly<Record<string, string | undefined>> = process.env): Promise<Job> {
  const inputs = readInputs(env)
  if (inputs.githubToken !== undefined) mask(inputs.githubToken)
  const client = inputs.githubToken === undefined ? undefined : githubClient(inputs.githubToken)
  const event = readRun(env)
  const run = client ? await withRepository(client, event) : event
  const folder = ownFolder(env['RUNNER_TEMP'] || tmpdir())
  return {
    inputs,
    run,
    ...(client && { client }),
    detail: run.visibility === 'public' || run.visibility === 'unknown' ? 'counts' : inputs.detail,
    options: {
      root: env['GITHUB_WORKSPACE'] || process.cwd(),
      globs: inputs.profiles,
      only: inputs.only,
      env,
      inWorkflow: true,
      idToken: maskedIdToken,
      onSecret: mask,
      ...(inputs.concurrency !== undefined && { concurrency: inputs.concurrency }),
      ...(inputs.since && { since: inputs.since }),
      ...(inputs.shard && { shard: inputs.shard }),
    },
    path: (name) => join(folder, name),
    file(name, text) {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    },
  }
}

async function maskedIdToken(audience: string): Promise<string> {
  const token = await actionsIdToken(audience)
  mask(token)
  return token
}

/** One for each step: a job may use the action twice. */
function ownFolder(temporary: string): string {
  mkdirSync(temporary, { recursive: true })
  return mkdtempSync(join(temporary, 'tenant-sync-'))
}
