/**
 * The directory roles that tokens name in `wids`, by their template ids.
 * Source: Microsoft Entra, "Built-in roles".
 */
import { MANAGE_EXCHANGE, READ_EXCHANGE, WRITE_RECIPIENTS } from './permissions.ts'

const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'

const NAMES: ReadonlyMap<string, string> = new Map([
  [READ_EXCHANGE.id, READ_EXCHANGE.name],
  [WRITE_RECIPIENTS.id, WRITE_RECIPIENTS.name],
  [MANAGE_EXCHANGE.id, MANAGE_EXCHANGE.name],
  [GLOBAL_ADMINISTRATOR, 'Global Administrator'],
  ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'Directory Readers'],
  ['9360feb5-f418-4baa-8175-e2a00bac4301', 'Directory Writers'],
  ['5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader'],
  ['4a5d8f65-41da-4de4-8968-e035b65339cf', 'Reports Reader'],
  ['790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b', 'Message Center Reader'],
  ['75934031-6c7e-415a-99d7-48dbd49e875e', 'Usage Summary Reports Reader'],
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator'],
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator'],
])

/** Their names say it: all others are taken to write. */
const READ_ALONE = / Readers?$/

/** Stands in every app's token, and gives nothing. */
export const EVERY_APP = '0997a1d0-0d1d-4acb-b408-d5ca73121e90'

const READS_EXCHANGE = new Set([
  READ_EXCHANGE.id,
  WRITE_RECIPIENTS.id,
  MANAGE_EXCHANGE.id,
  GLOBAL_ADMINISTRATOR,
])

/** Its name; of one that is not known, the template id. */
export function roleName(template: string): string {
  return NAMES.get(template) ?? template
}

export function roleReadsExchange(template: string): boolean {
  return READS_EXCHANGE.has(template)
}

/**
 * Whether a directory role could change something: one that is not known to read alone does.
 * @param callsExchange whether its holder has Exchange.ManageAsApp, without which a role for recipients has no effect.
 */
export function roleWrites(template: string, callsExchange: boolean): boolean {
  if (template === WRITE_RECIPIENTS.id) return callsExchange
  return template !== EVERY_APP && !READ_ALONE.test(roleName(template))
}
