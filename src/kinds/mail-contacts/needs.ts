import type { Purpose } from '../../microsoft/identity.ts'
import type { Need } from '../../microsoft/need.ts'
import { CALL_EXCHANGE, READ_EXCHANGE, WRITE_RECIPIENTS } from '../../microsoft/permissions.ts'
import { compileMapping } from '../../people/mapping.ts'
import { sourceNeeds } from '../../sources/needs.ts'
import { ATTRIBUTE_DEFAULTS } from './attributes.ts'
import type { MailContactsProfile } from './schema.ts'

/** People from the sources; contacts and recipients from the target's Exchange, where an apply writes them. */
export function mailContactsNeeds(profile: MailContactsProfile, purpose: Purpose): Need[] {
  const { from, to, mapping, state } = profile
  const { tenant } = to
  const contacts: Need[] =
    purpose === 'plan'
      ? [{ tenant, privilege: READ_EXCHANGE, why: 'to read mail contacts' }]
      : [{ tenant, privilege: WRITE_RECIPIENTS, why: 'to write mail contacts' }]
  return [
    ...(state === 'present'
      ? sourceNeeds(from, compileMapping(ATTRIBUTE_DEFAULTS, mapping ?? {}).reads)
      : []),
    { tenant, privilege: CALL_EXCHANGE, why: 'to reach Exchange' },
    ...contacts,
  ]
}
