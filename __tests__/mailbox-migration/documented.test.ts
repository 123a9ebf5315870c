/** What docs/mailbox-migration.md shows and tells is what the program does: run on the tenants it gives to practise on. */
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { loadRun } from '../../src/commands/run.ts'
import type { MailboxMigrationProfile } from '../../src/kinds/mailbox-migration/schema.ts'
import { blocks } from '../sources/pages.ts'
import { notPrinted, PAGE, PRACTICE } from './page.ts'
import { Practice } from './practice.ts'

describe('its profile', () => {
  const root = mkdtempSync(join(tmpdir(), 'documented-'))
  afterAll(() => rmSync(root, { recursive: true }))
  const [whole, ...more] = blocks(PAGE, 'yaml').filter((block) => !/^(- id|from:)/.test(block))

  async function read(text: string): Promise<MailboxMigrationProfile> {
    mkdirSync(join(root, 'sync-profiles'), { recursive: true })
    writeFileSync(
      join(root, 'sync-profiles/tenants.yaml'),
      readFileSync(`${PRACTICE}/sync-profiles/tenants.yaml`),
    )
    writeFileSync(join(root, 'sync-profiles/documented.yaml'), text)
    const idToken = () => Promise.reject(new Error('nobody signs in'))
    const { profiles } = await loadRun({ root, env: {}, inWorkflow: false, idToken })
    return profiles[0]!.profile as MailboxMigrationProfile
  }

  test('is valid', async () => {
    expect(await read(whole!)).toMatchObject({ name: 'fabrikam-moves', kind: 'mailbox-migration' })
  })

  test.each(more)('stays so with what is added to it: %s', async (block) => {
    const added = parse(block) as Record<string, unknown>
    const profile = await read(stringify({ ...(parse(whole!) as Record<string, unknown>), ...added }))
    expect(Object.keys(profile)).toEqual(expect.arrayContaining(Object.keys(added)))
  })
})

describe('the move that it shows', () => {
  let practice: Practice
  beforeAll(async () => {
    practice = await Practice.start()
  })
  afterAll(() => practice.stop())

  test('without PowerShell: a script to paste', async () => {
    expect(notPrinted(await practice.plan({ powershell: false }), 'by hand')).toEqual([])
  })

  test('the first plan', async () => {
    expect(notPrinted(await practice.plan(), 'first plan')).toEqual([])
  })

  test('the start', async () => {
    await practice.apply()
    practice.batch('autoStart: true')
    expect(notPrinted(await practice.plan(), 'start')).toEqual([])
  })

  test('whom it failed', async () => {
    await practice.apply()
    practice.advance('wave-1', 2)
    expect(notPrinted(await practice.plan(), 'syncing')).toEqual([])
  })

  test('somebody who is ready later', async () => {
    practice.licence('charles.babbage@fabrikam.com')
    expect(notPrinted(await practice.plan(), 'later')).toEqual([])
  })

  test('the end of it', async () => {
    practice.batch('autoStart: true, autoComplete: true')
    await practice.apply()
    practice.advance('wave-1', 2)
    practice.absent()
    expect(notPrinted(await practice.plan(), 'absent')).toEqual([])
    await practice.apply()
    expect(practice.mailboxes()).toEqual({
      fabrikam: ['blaise.pascal@fabrikam.com', 'charles.babbage@fabrikam.com', 'grace.hopper@fabrikam.com'],
      contoso: ['ada.lovelace@contoso.com'],
    })
  })
})

test('its links lead somewhere', () => {
  const anchors = [...PAGE.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
  for (const [, anchor] of PAGE.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor)
})
