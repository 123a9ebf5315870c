import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TSchema } from '@sinclair/typebox'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Journal } from '../journal.ts'
import type { Plan } from '../plan.ts'
import { journalSchema, planSchema } from '../schema.ts'

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false })
const accepts = (schema: TSchema, data: unknown) => ajv.validate(schema, data)

const PLAN: Plan = {
  formatVersion: 1,
  createdAt: '2026-11-20T21:00:00Z',
  digest: `sha256:${'0'.repeat(64)}`,
  profiles: [
    {
      name: 'x',
      kind: 'mail-contacts',
      file: 'sync-profiles/x.yaml',
      from: ['fabrikam'],
      to: 'contoso',
      profileDigest: 'sha256:1',
      outcome: 'planned',
      counts: { create: 1, update: 0, delete: 0, unchanged: 0, skipped: 0, held: 0 },
      managed: 0,
      allowed: { creates: null, updates: 3, deletes: 3 },
      counted: { creates: 1, updates: 0, deletes: 0 },
      limits: [],
      changes: [
        {
          action: 'create',
          object: 'mail-contact',
          key: 'ada',
          label: 'Ada',
          reason: 'new-in-source',
          fields: [{ field: 'title', before: null, after: ['a', 'b'] }],
          removes: [{ object: 'guest', targetId: '7c1e02a4', label: 'Ada' }],
        },
        {
          action: 'create',
          object: 'contact-folder',
          key: 'Colleagues',
          label: 'Colleagues',
          mailboxSet: 'm1',
          configuration: true,
          reason: 'missing',
          fields: [],
          manual: 'New-Something',
        },
      ],
      mailboxes: 3,
      mailboxSets: [{ id: 'm1', mailboxes: ['ada@fabrikam.com', 'grace@fabrikam.com'] }],
      skipped: [],
      health: [
        { what: 'job', key: 'Sync', configuration: true, state: 'ok', message: 'runs' },
        { what: 'provisioning', key: 'Ada', state: 'error', message: 'm', advice: 'a', example: 'Grace' },
        {
          what: 'batch',
          key: 'wave-1',
          state: 'ok',
          message: 'm',
          progress: { states: [{ name: 'Synced', count: 1 }], percent: 12.5 },
        },
      ],
      warnings: [],
      errors: [],
    },
  ],
}

describe('the format of plan.json', () => {
  test('is that of a plan', () => {
    expect(accepts(planSchema, PLAN)).toBe(true)
  })

  test.each([
    ['another version', { ...PLAN, formatVersion: 2 }],
    ['no digest', { ...PLAN, digest: '0' }],
    ['an unknown reason', { ...PLAN, profiles: [{ ...PLAN.profiles[0]!, outcome: 'good' }] }],
    ['no counts', { ...PLAN, profiles: [{ ...PLAN.profiles[0]!, counts: {} }] }],
  ])('is not: %s', (_what, data) => {
    expect(accepts(planSchema, data)).toBe(false)
  })
})

describe('the format of journal.ndjson', () => {
  test('is that of every line of a journal', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'tenant-sync-'))
    const paths = {
      journal: path.join(directory, 'journal.ndjson'),
      removed: path.join(directory, 'removed.ndjson'),
    }
    const journal = new Journal(paths)
    journal.begin({
      digest: PLAN.digest,
      commit: null,
      actor: 'ada',
      run: null,
      limits: { x: { deletes: '10%' } },
    })
    const recorder = journal.recorder('x', PLAN.profiles[0]!.changes[0]!)
    const about = { action: 'create' as const, fields: ['title'] }
    await recorder.write(about, () => Promise.resolve({ status: 200, requestId: 'r', attempt: 1 }))
    await expect(recorder.write(about, () => Promise.reject(new Error('no answer')))).rejects.toThrow(
      'no answer',
    )
    const inMailbox = journal.recorder('x', PLAN.profiles[0]!.changes[1]!, 'ada@fabrikam.com')
    await inMailbox.write(about, () => Promise.resolve({ status: 201, attempt: 2 }))

    const lines = readFileSync(paths.journal, 'utf8').trimEnd().split('\n')
    rmSync(directory, { recursive: true })
    expect(lines).toHaveLength(7)
    for (const line of lines) expect([line, accepts(journalSchema, JSON.parse(line))]).toEqual([line, true])
    expect(accepts(journalSchema, { ...(JSON.parse(lines[1]!) as object), phase: 'during' })).toBe(false)
  })
})
