/** Microsoft's PowerShell module fails at one of its calls: the result tells it, and the next apply mends it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { standIn, type Play } from '../pwsh/stand-in.ts'
import { BEGINNINGS, type Beginning } from './beginnings.ts'
import { applyDisturbed, expectMended, failing, undisturbed, type Undisturbed } from './convergence.ts'
import { standing } from './standing.ts'
import { expectPlayed } from './strikings.ts'

/** What goes through the module. */
const MODULE = /^(New-MailUser|New-MigrationEndpoint|Set-MigrationEndpoint)$/

interface Case {
  readonly plays: Play
  /** Which of the apply's calls; all of them where it is absent. */
  readonly run?: number
}

async function played({ begin }: Beginning, { end }: Undisturbed, { plays, run }: Case): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'runs-'))
  const migrating = await begin()
  const { env } = migrating.tenants
  const before = standing(migrating)
  try {
    migrating.tenants.env = {
      ...env,
      ...standIn({ plays, ...(run !== undefined && { at: { run, folder } }) }),
    }
    const result = await applyDisturbed(migrating)
    expectPlayed(plays, result)
    migrating.tenants.env = env
    await expectMended(migrating, result, { before, end })
  } finally {
    await migrating.stop()
    rmSync(folder, { recursive: true })
  }
}

describe.each(BEGINNINGS.filter(({ name }) => name !== 'taking down'))('$name', (beginning) => {
  test('a call of PowerShell that fails, whichever, and however, is told or done again', async () => {
    const usual = await undisturbed(beginning)
    const calls = usual.requests.filter(({ operation }) => MODULE.test(operation))
    const plays: Play[] = ['dies', 'dies-late', 'module-missing', 'nonsense']
    const cases: Case[] = [
      { plays: 'module-missing' },
      ...plays.flatMap((play) => calls.map((_, index) => ({ plays: play, run: index + 1 }))),
    ]
    const failed = await failing(
      cases,
      (one) => `${one.plays} at ${one.run ?? 'every'} run`,
      (one) => played(beginning, usual, one),
    )
    expect(failed).toEqual([])
  }, 480_000)
})
