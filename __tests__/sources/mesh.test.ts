/** The profiles of several tenants in docs/mail-contacts.md stand for the pairs that the page names. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { loadRun } from '../../src/commands/run.ts'
import { between } from '../../src/kinds/mail-contacts/mesh.ts'
import type { MailContactsProfile } from '../../src/kinds/mail-contacts/schema.ts'
import { blocks, page, tables } from './pages.ts'

const PAGE = page('../mail-contacts.md')
const [SHORT, LONG, ABSENT] = blocks(PAGE.slice(PAGE.indexOf('## Several tenants')), 'yaml')
const PAIRS = tables(PAGE).find(([row]) => row && 'people of' in row)!
const TENANTS = `tenants:\n${['fabrikam', 'contoso', 'tailspin']
  .map(
    (name, index) =>
      `  ${name}: { tenantId: 6b0f8c1e-0000-4000-8000-00000000000${index}, clientId: 1d2e3f40-0000-4000-8000-00000000000${index}, domains: [${name}.com] }\n`,
  )
  .join('')}`

const root = mkdtempSync(join(tmpdir(), 'documented-'))
mkdirSync(join(root, 'sync-profiles'))
afterAll(() => rmSync(root, { recursive: true }))

async function profilesOf(files: Readonly<Record<string, string>>): Promise<MailContactsProfile[]> {
  for (const [name, text] of Object.entries({ 'tenants.yaml': TENANTS, ...files }))
    writeFileSync(join(root, 'sync-profiles', name), text)
  const idToken = () => Promise.reject(new Error('nobody signs in'))
  const { profiles } = await loadRun({ root, env: {}, inWorkflow: true, idToken })
  return profiles.map(({ profile }) => profile as MailContactsProfile)
}

test.each([
  ['in short', SHORT!],
  ['at length', LONG!],
])('%s', async (_, mesh) => {
  const profiles = await profilesOf({ 'mesh.yaml': mesh })
  expect(
    profiles.map(({ name, from, to }) => ({
      profile: name,
      'people of': (from[0] as { entra: string }).entra,
      in: to.tenant,
      'owns the `domains` of': (from[0] as { entra: string }).entra,
    })),
  ).toEqual(PAIRS)
})

test('what holds for each of them is in every pair', async () => {
  const settings = (parse(LONG!) as { between: { from: object; to: object } }).between
  for (const { from, to, formerly, name } of await profilesOf({ 'mesh.yaml': LONG! })) {
    expect(from).toMatchObject([settings.from])
    expect(to).toMatchObject(settings.to)
    expect(formerly).toEqual(['fabrikam-in-contoso', name.replace('all-hands', 'fabrikam-in-contoso')])
  }
})

test('one that is taken out leaves its pair to a profile of its own', async () => {
  const mesh = SHORT!.replace(', tailspin]', ']')
  const profiles = await profilesOf({ 'mesh.yaml': mesh, 'absent.yaml': ABSENT! })
  expect(profiles.map(({ name, state }) => [name, state])).toEqual([
    ['all-hands-fabrikam-to-tailspin', 'absent'],
    ['all-hands-fabrikam-to-contoso', 'present'],
    ['all-hands-contoso-to-fabrikam', 'present'],
  ])
})

test('its keys are those that the page shows at length', () => {
  const { then } = between as unknown as { then: { properties: object } }
  expect(Object.keys(then.properties)).toEqual(Object.keys((parse(LONG!) as { between: object }).between))
})
