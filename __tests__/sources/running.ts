/** A page's profile as a user would have it in a repository: planned, applied, and planned again. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect } from '@jest/globals'
import { parse } from 'yaml'
import { applyRun, planRun, type RunOptions } from '../../src/commands/run.ts'
import { Journal } from '../../src/engine/journal.ts'
import type { ProfilePlan } from '../../src/engine/plan.ts'
import type { TenantSeed } from '../../src/simulator/seed.ts'
import { Tenants } from '../people.ts'
import { blocks, page, standing, type PageName } from './pages.ts'

export interface Around {
  /** The text of the profile, where it has to be another than the page's: the host of a service. */
  readonly profile?: string
  /** More files of the repository, relative to the profile. */
  readonly files?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly fabrikam?: Partial<TenantSeed>
}

/** The whole profile, with which a page begins. */
export function profileOf(name: PageName): string {
  return blocks(page(`${name}.md`), 'yaml')[0]!
}

/**
 * Holds what stands in the target then against the page's table, and the second plan against nothing.
 * @returns the first plan.
 */
export async function expectAsDocumented(
  name: PageName,
  { profile = profileOf(name), files = {}, env = {}, fabrikam }: Around,
): Promise<ProfilePlan> {
  const tenants = await Tenants.start(fabrikam ? { fabrikam } : {})
  try {
    for (const [file, text] of Object.entries({ 'people.yaml': profile, ...files })) {
      mkdirSync(dirname(tenants.path(`sync-profiles/${file}`)), { recursive: true })
      tenants.write(file, text)
    }
    const options: RunOptions = { ...tenants.options, env: { ...tenants.options.env, ...env } }
    const planned = await planRun(options, 'apply')
    const [plan] = planned.plan.profiles
    expect(plan).toMatchObject({
      name: (parse(profile) as { name: string }).name,
      outcome: 'planned',
      errors: [],
    })

    const journal = new Journal({
      journal: tenants.path('journal.ndjson'),
      removed: tenants.path('removed.ndjson'),
    })
    expect((await applyRun(planned, { journal, approvalOf: () => 'limits' })).outcome).toBe('applied')
    expect(contactsOf(tenants, name)).toEqual(standing(page(`${name}.md`)))
    expect((await planRun(options, 'apply')).plan.profiles[0]).toMatchObject({ changes: [], errors: [] })
    return plan!
  } finally {
    await tenants.stop()
  }
}

/** In the form and the order of the page's table; those whom it does not name come last. */
function contactsOf(tenants: Tenants, name: PageName): Record<string, string>[] {
  const rows = standing(page(`${name}.md`))
  const attributes = Object.keys(rows[0]!).filter((title) => title !== 'contact')
  const order = rows.map(({ contact }) => contact!)
  const place = (address: string) => (order.includes(address) ? order.indexOf(address) : order.length)
  return [...tenants.contacts()]
    .toSorted(([left], [right]) => place(left) - place(right))
    .map(([contact, values]) => {
      const valueOf = (attribute: string) =>
        (values[attribute[0]!.toUpperCase() + attribute.slice(1)] as string | undefined) ?? ''
      return {
        contact,
        ...Object.fromEntries(attributes.map((attribute) => [attribute, valueOf(attribute)])),
      }
    })
}
