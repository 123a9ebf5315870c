/** What docs/cross-tenant-sync.md tells an admin to grant and to write is what the program asks for. */
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { loadRun } from '../src/commands/run.ts'
import { crossTenantSyncNeeds } from '../src/kinds/cross-tenant-sync/needs.ts'
import { OPERATORS } from '../src/kinds/cross-tenant-sync/mapping/operators.ts'
import { crossTenantSyncSchema, type CrossTenantSyncProfile } from '../src/kinds/cross-tenant-sync/schema.ts'
import { grantCommand, WRITE_POLICIES } from '../src/microsoft/permissions.ts'

const PAGE = readFileSync('docs/cross-tenant-sync.md', 'utf8')
const cells = (row: string) => row.split('|').map((cell) => cell.trim())
const yamlBlocks = [...PAGE.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => text!)

/** Codes of `explain`, which has a page of its own. */
const EXPLAINED = ['not-known', 'not-in-scope']

const root = mkdtempSync(join(tmpdir(), 'documented-'))
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** The profile of the page, read as a user's would be. */
async function documented(text = yamlBlocks[0]!): Promise<CrossTenantSyncProfile> {
  mkdirSync(join(root, 'sync-profiles'), { recursive: true })
  writeFileSync(join(root, 'sync-profiles', 'tenants.yaml'), readFileSync('sync-profiles/tenants.yaml'))
  writeFileSync(join(root, 'sync-profiles', 'documented.yaml'), text)
  const idToken = () => Promise.reject(new Error('nobody signs in'))
  const { profiles } = await loadRun({ root, env: {}, inWorkflow: false, idToken })
  return profiles[0]!.profile as CrossTenantSyncProfile
}

test('its profile is valid', async () => {
  expect(await documented()).toMatchObject({ name: 'fabrikam-to-contoso', kind: 'cross-tenant-sync' })
})

test.each(yamlBlocks.slice(1))('what it adds to that is valid, too: %s', async (block) => {
  const added = parse(block) as Record<string, unknown>
  const profile = { ...(parse(yamlBlocks[0]!) as Record<string, unknown>), ...added }
  expect(Object.keys(await documented(stringify(profile)))).toEqual(
    expect.arrayContaining(Object.keys(added)),
  )
})

describe('its permissions', () => {
  const rows = [...PAGE.matchAll(/^\| (?:source|target) +\| (?:plans|applies|both) .*$/gm)].map(([row]) => {
    const [, side, app, name, , id] = cells(row)
    return {
      side,
      app,
      name: /`([^`]+)`/.exec(name!)![1],
      optional: name!.includes('optional'),
      id: id!.replaceAll('`', ''),
    }
  })

  test.each(['plan', 'apply'] as const)('are those that doctor asks for: %s', async (purpose) => {
    const profile = await documented()
    const needs = crossTenantSyncNeeds(profile, purpose)
    const held = needs.map(({ privilege }) => privilege.name)
    const least = needs
      .filter(({ privilege }) => !privilege.within?.some((wider) => held.includes(wider)))
      .map(({ tenant, privilege: { name, id }, optional = false }) => {
        return { side: tenant === profile.from.tenant ? 'source' : 'target', name, optional, id }
      })
    const told = rows
      .filter(({ app }) => app === 'both' || app === (purpose === 'plan' ? 'plans' : 'applies'))
      .map(({ side, name, optional, id }) => ({ side, name, optional, id }))
    const sorted = (some: readonly object[]) =>
      some.map((one) => JSON.stringify(one, ['side', 'name', 'optional', 'id'])).toSorted()
    expect(sorted(told)).toEqual(sorted(least))
  })

  test('are granted by the command that doctor prints', () => {
    expect(PAGE).toContain(grantCommand(WRITE_POLICIES, '1d2e3f40-0000-4000-8000-00000000000b'))
  })
})

test('it explains every key and every operator', () => {
  const common = ['name', 'formerly', 'kind', 'description', 'state', 'from', 'to', 'scope']
  const own = Object.keys(crossTenantSyncSchema.properties).filter((key) => !common.includes(key))
  for (const key of own) expect(PAGE).toMatch(new RegExp(`^\\| \`${key}\``, 'm'))
  for (const operator of OPERATORS) expect(PAGE).toContain(`\`${operator}\``)
})

const KIND = 'src/kinds/cross-tenant-sync'
const sources = readdirSync(KIND, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('__tests__'))
  .map((file) => readFileSync(join(KIND, file), 'utf8'))
/** Texts of the sources, each once. */
const inSources = (pattern: RegExp) => [
  ...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map(([, text]) => text!))),
]

describe('it explains', () => {
  const configuration = inSources(/^export type ConfigurationObject =((?:\s+\| '[a-z-]+')+)/gm).join()
  const objects = ['assignment', ...Array.from(configuration.matchAll(/[a-z-]+/g), ([object]) => object)]

  test.each(objects)('the object %s', (object) => {
    expect(PAGE).toMatch(new RegExp(`^\\| \`${object}\``, 'm'))
  })

  test.each(inSources(/(?:new (?:Configuration|Mapping)Error\(|reason: )\s*'([a-z]+(?:-[a-z]+)+)'/g))(
    'what %s is',
    (code) => {
      expect(PAGE.includes(`\`${code}\``)).toBe(true)
    },
  )

  test.each(
    inSources(/(?:openNotice\(|code:)\s*'([a-z]+(?:-[a-z]+)+)'/g).filter((code) => !EXPLAINED.includes(code)),
  )('the warning %s', (code) => {
    expect(PAGE).toMatch(new RegExp(`^\\| \`${code}\``, 'm'))
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
