/** Keys, permissions, codes and messages: what docs/mailbox-migration.md tells of them is what the program says. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { userHealth } from '../../src/kinds/mailbox-migration/batch/progress.ts'
import { KEPT_IN } from '../../src/kinds/mailbox-migration/mailboxes/keepsake.ts'
import { mailboxMigrationNeeds } from '../../src/kinds/mailbox-migration/needs.ts'
import { testEndpoint, type About } from '../../src/kinds/mailbox-migration/organization/availability.ts'
import {
  mailboxMigrationSchema,
  type MailboxMigrationProfile,
} from '../../src/kinds/mailbox-migration/schema.ts'
import type { ExchangeReader } from '../../src/microsoft/exchange.ts'
import { whyWithout } from '../../src/microsoft/powershell.ts'
import { blocks, tables, type Row } from '../sources/pages.ts'
import { PAGE } from './page.ts'

const KIND = 'src/kinds/mailbox-migration'
const source = (file: string) => readFileSync(join(KIND, file), 'utf8')
const sources = readdirSync(KIND, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('__tests__'))
  .map(source)
/** Texts of the sources, each once. */
const inSources = (pattern: RegExp) => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, one]) => one!))),
]

/** Rows of all tables with this first column. */
function rows(title: string): Row[] {
  return tables(PAGE)
    .filter(([row]) => row && Object.keys(row)[0] === title)
    .flat()
}

describe('the keys', () => {
  interface Shape {
    readonly properties?: Readonly<Record<string, Shape>>
    readonly default?: string | boolean
  }
  const COMMON = ['name', 'formerly', 'kind', 'description', 'state', 'limits']

  function keysOf({ properties = {} }: Shape, above: readonly string[] = []): [key: string, shape: Shape][] {
    return Object.entries(properties)
      .filter(([key]) => above.length > 0 || !COMMON.includes(key))
      .flatMap(([key, shape]): [string, Shape][] =>
        shape.properties ? keysOf(shape, [...above, key]) : [[[...above, key].join('.'), shape]],
      )
  }
  const keys = keysOf(mailboxMigrationSchema)

  test.each(keys)('%s', (key, shape) => {
    const row = rows('key').find((one) => one['key'] === key)
    expect(row?.['default']).toBe(`${shape.default ?? ''}`)
  })

  test('are all there are', () => {
    expect(rows('key').map(({ key }) => key)).toEqual(keys.map(([key]) => key))
  })
})

test.each(['plan', 'apply'] as const)('its permissions are those that doctor asks for: %s', (purpose) => {
  const profile = {
    from: { tenant: 'source' },
    to: { tenant: 'target' },
    state: 'present',
  } as MailboxMigrationProfile
  const told = rows('app')
    .filter(({ app }) => app === 'both' || app === (purpose === 'plan' ? 'plans' : 'applies'))
    .map(({ permission }) => permission!.replace(/^the role /, '').replaceAll(/[`_]/g, ''))
  const needs = mailboxMigrationNeeds(profile, purpose)
  for (const tenant of ['source', 'target'])
    expect(
      needs
        .filter((need) => need.tenant === tenant)
        .map(({ privilege, optional }) => privilege.name + (optional ? ', optional' : ''))
        .toSorted(),
    ).toEqual(told.toSorted())
})

describe('the codes', () => {
  const codes = inSources(
    /(?:(?:openNotice|\w+Error|conflict)\(|code(?: =|:)|reason:)\s*'([a-z]+(?:-[a-z]+)+)'/g,
  )
  /** Of changes and of explain, which are explained elsewhere. */
  const ELSEWHERE = ['new-in-source', 'source-changed', 'profile-absent', 'not-a-member']
  /** Of the client of PowerShell, of secrets, and of all kinds with marks. */
  const OTHERS = ['module-missing', 'variable-not-set', 'vanished-profile']
  const told = rows('code').map(({ code }) => code)

  test.each(codes.filter((code) => !ELSEWHERE.includes(code)))('%s is explained', (code) => {
    expect(told.includes(code) || PAGE.includes(`(\`${code}\`)`)).toBe(true)
  })

  test('of the page are all there', () => {
    for (const code of told) expect([...codes, ...OTHERS]).toContain(code)
  })
})

test('each object of a plan has a row', () => {
  const objects = inSources(/(?:OBJECT|BATCH|MAIL_USER|MAIL_CONTACT) = '([a-z-]+)'/g)
  expect(new Set(rows('object').map(({ object }) => object))).toEqual(new Set(objects))
})

test.each(inSources(/\bwhy: '(.+)'/g))('it tells why a change finds nothing to be done: %s', (why) => {
  expect(PAGE.replaceAll(/\s+/g, ' ')).toContain(why)
})

test('it tells where the names of a contact are kept while it gives way', () => {
  expect(PAGE).toContain(`\`${KEPT_IN}\``)
})

describe('readiness', () => {
  const LINES = /(?:\}: |\[`|\? \[`|')((?:its? |no licence|Ready|Moved)[^$`'"(.:]*)/g
  const lines = ['mailboxes/readiness.ts', 'mailboxes/outlook.ts', 'planning/health.ts']
    .flatMap((file) => [...source(file).matchAll(LINES)].map(([, line]) => line!.trim()))
    .filter((line) => !line.startsWith('it is a '))

  test.each([...new Set(lines)])('tells what to do about: %s', (line) => {
    expect(PAGE.includes(line)).toBe(true)
  })
})

/** The patterns by which a cause is known, as the source has them. */
function causesIn(file: string): RegExp[] {
  const [, list] = /const CAUSES: .*? = \[\n(.*?)^\]/ms.exec(source(file))!
  return [...list!.matchAll(/^ {2,4}\[?\s*\/(.*)\/(i?),/gm)].map(
    ([, text, flags]) => new RegExp(text!, flags),
  )
}

describe('the failures of the test', () => {
  const told = rows('it says').map((row) => row['it says']!)
  const about = {
    sides: { source: { name: 'fabrikam' }, target: { name: 'contoso' } },
    clientId: 'an app',
    secretEnv: 'A_SECRET',
  } as About

  async function advice(text: string): Promise<string> {
    const exchange = { pages: () => pageOf({ Result: 'Failed', Message: text }) } as unknown as ExchangeReader
    const found = await testEndpoint(exchange, 'fabrikam-to-contoso', undefined, about)
    return typeof found === 'string' ? found : found.advice
  }

  test.each(told)('%s: it knows what to do', async (says) => {
    expect(await advice(says)).not.toBe(await advice('something else'))
  })

  test.each(causesIn('organization/availability.ts'))('%s is among them', (pattern) => {
    expect(told.some((says) => pattern.test(says))).toBe(true)
  })
})

async function* pageOf(row: object) {
  await Promise.resolve()
  yield [row]
}

describe('the failures of a mailbox', () => {
  const told = rows('Exchange says').map((row) => row['Exchange says']!)
  const OWN = new Set(['wave-1'])
  const advice = (error: string) =>
    userHealth(
      'Ada',
      { address: '', mailboxGuid: '', batch: 'wave-1', status: 'Failed', error },
      new Map(),
      OWN,
    ).advice

  test.each(told)('%s: it knows what to do', (says) => {
    expect(advice(says)).not.toBe(advice('something else'))
  })

  test.each(causesIn('batch/progress.ts'))('%s is among them', (pattern) => {
    expect(told.some((says) => pattern.test(says))).toBe(true)
  })
})

describe('its steps of a workflow', () => {
  interface Step {
    readonly uses?: string
    readonly run?: string
    readonly with?: Readonly<Record<string, string>>
    readonly env?: Readonly<Record<string, string>>
  }
  const steps = blocks(PAGE, 'yaml')
    .filter((block) => block.startsWith('- id:'))
    .flatMap((block) => parse(block) as Step[])
  const cached = steps.find(({ with: given }) => given?.['path'] !== undefined)!.with!

  test('pin what they use', () => {
    const others = steps.flatMap(({ uses }) => uses ?? []).filter((uses) => !uses.startsWith('tenant-sync/'))
    expect(others.length).toBeGreaterThan(0)
    for (const uses of others) expect(uses).toMatch(/@[0-9a-f]{40}$/)
  })

  test('give the secret to an apply alone', () => {
    const given = steps.filter(({ env }) => env)
    expect(given.map((step) => step.with?.['command'])).toEqual(['apply'])
  })

  test('put the module where it is looked for', () => {
    const home = mkdtempSync(join(tmpdir(), 'runner-'))
    try {
      const executable = join(home, 'powershell/pwsh')
      mkdirSync(join(home, 'powershell/Modules'), { recursive: true })
      writeFileSync(executable, '', { mode: 0o755 })
      const env = { HOME: home, TENANT_SYNC_PWSH: executable }
      expect(whyWithout('ExchangeOnlineManagement', env)).toBeDefined()
      mkdirSync(cached['path']!.replace('~', home), { recursive: true })
      expect(whyWithout('ExchangeOnlineManagement', env)).toBeUndefined()
    } finally {
      rmSync(home, { recursive: true })
    }
  })

  test('install one version, which the script takes', () => {
    const [, least] = /-MinimumVersion (\S+)/.exec(readFileSync('src/microsoft/exchange-cmdlet.ps1', 'utf8'))!
    const [, version] = /-RequiredVersion (\S+)/.exec(steps.find(({ run }) => run)!.run!)!
    expect(cached['key']).toBe(`ExchangeOnlineManagement-${version}`)
    expect(PAGE).toContain(`Version ${least} or`)
    expect(version!.localeCompare(least!, 'en', { numeric: true })).toBe(1)
  })
})
