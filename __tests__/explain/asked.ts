/** The question of these tests: what becomes of one person? */
import { explainRun } from '../../src/commands/run.ts'
import { explain } from '../../src/commands/explain.ts'
import type { ProfileExplained } from '../../src/engine/explanation.ts'
import type { Detail } from '../../src/report/detail.ts'
import type { MailContactSeed, UserSeed } from '../../src/simulator/seed.ts'
import { user, type Tenants } from '../people.ts'
import { printedBy } from '../printed.ts'

export const ADA = 'ada@fabrikam.com'

/** Of whoever's name begins with the letter. */
export const idOf = (letter: string) => `${letter.repeat(8)}-0000-4000-8000-000000000001`

export const person = (name: string, more: Partial<UserSeed> = {}): UserSeed =>
  user(name, { id: idOf(name[0]!.toLowerCase()), ...more })

export const contact = (name: string, more: Partial<MailContactSeed> = {}): MailContactSeed => ({
  Name: name,
  DisplayName: name,
  ExternalEmailAddress: `${name.toLowerCase()}@fabrikam.com`,
  ...more,
})

/** What the one profile tells. */
export async function asked(tenants: Tenants, address = ADA): Promise<ProfileExplained> {
  const profiles = await explainRun(tenants.options, address)
  return profiles.find(({ name }) => name === 'people')!
}

/** The command at a terminal. */
export function printed(tenants: Tenants, address: string, detail: Detail = 'full', json = false) {
  return printedBy((console) => explain(tenants.options, address, console, { detail, json }))
}
