/** What the repository shows to newcomers is true. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { loadRun } from '../src/commands/run.ts'
import { demoSeed } from '../src/commands/demo/tenants.ts'
import { VERSION } from '../src/version.ts'

test('the version is that of package.json', () => {
  expect(VERSION).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version)
})

test('the tenants to practise on are those of the demo', () => {
  expect(parse(readFileSync('docs/examples/two-tenants.yaml', 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(demoSeed())),
  )
})

test('the example profiles are valid', async () => {
  const { profiles } = await loadRun({
    root: process.cwd(),
    env: {},
    inWorkflow: false,
    idToken: () => Promise.reject(new Error('nobody signs in')),
  })
  expect(profiles.map(({ profile }) => profile.name)).toEqual([
    'contoso-in-fabrikam',
    'contoso-lawyers-in-fabrikam',
    'fabrikam-in-contoso',
    'fabrikam-on-phones',
  ])
})

describe('the example workflows', () => {
  test.each(['plan.yml', 'apply.yml', 'fleet.yml'])(
    '%s grants nothing but what it explains, and pins what it uses',
    (file) => {
      const text = readFileSync(`docs/examples/${file}`, 'utf8')
      expect(text).toMatch(/^permissions: \{\}$/m)
      const others = [...text.matchAll(/uses: (\S+)/g)]
        .map(([, used]) => used!)
        .filter((used) => !used.startsWith('tenant-sync/'))
      expect(others.length).toBeGreaterThan(0)
      for (const used of others) expect(used).toMatch(/@[0-9a-f]{40}$/)
    },
  )
})
