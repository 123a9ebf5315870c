/** What a mail user is to be, against what it is. */
import type { FieldChange, Value } from '../../../engine/plan.ts'
import { parameterOf } from '../fields.ts'
import { domainOf } from '../../../people/address.ts'
import { formatMark } from '../../../people/mark.ts'
import type { Parameters } from '../../../microsoft/exchange.ts'
import { emailAddressesAfter, sameAddresses, type Destination } from './addresses.ts'
import { DISPLAY_NAME, PERSON_ATTRIBUTES } from './attributes.ts'
import type { Counterpart } from './counterpart.ts'
import { keptIn, KEPT_IN, letGo } from './keepsake.ts'
import { MARK } from './mail-user.ts'
import { NO_GUID } from './mailbox.ts'

/** Set by Set-MailUser in one call; all others by Set-User. */
const MAIL_USER_FIELDS = new Set([
  'emailAddresses',
  'externalEmailAddress',
  'exchangeGuid',
  'archiveGuid',
  'hiddenFromAddressListsEnabled',
  DISPLAY_NAME,
  MARK,
  KEPT_IN,
])

/**
 * What differs. A mail user that was there before gets what its move needs, and of the person what it lacks; one of
 * the profile's own is the person's image, and bears the mark.
 */
export function mailUserFields(
  { mailbox, mailUser, ours, addresses, contacts }: Counterpart,
  profile: string,
  { accepted }: Destination,
): FieldChange[] {
  const fields: FieldChange[] = []
  const compare = (field: string, before: Value, after: Value) => {
    if (before !== after) fields.push({ field, before, after })
  }
  const before = mailUser?.emailAddresses ?? []
  const left = mailUser?.keepsakes ?? []
  const others = [
    ...mailbox.x500,
    ...contacts.flatMap((contact) => oldNames(contact, accepted)),
    ...keptIn(left),
  ]
  const after = emailAddressesAfter(addresses, before, others, accepted)
  if (!sameAddresses(before, after))
    fields.push({ field: 'emailAddresses', before: mailUser ? before : null, after })
  if (keptIn(left).length > 0) fields.push(letGo(left))
  compare('externalEmailAddress', mailUser?.external || null, addresses.external)
  compare('exchangeGuid', mailUser?.exchangeGuid ?? null, mailbox.exchangeGuid ?? null)
  compare('archiveGuid', mailUser?.archiveGuid ?? null, mailbox.archiveGuid ?? null)
  if (ours) {
    compare(MARK, mailUser?.markText || null, formatMark({ profile, person: mailbox.key }))
    compare('hiddenFromAddressListsEnabled', mailUser?.hidden ?? false, mailbox.hidden)
  }
  const manages = (standing: string) => ours || standing === ''
  const person: Readonly<Record<string, string>> = {
    [DISPLAY_NAME]: mailbox.displayName,
    ...mailbox.attributes,
  }
  const standing: Readonly<Record<string, string>> = mailUser
    ? { [DISPLAY_NAME]: mailUser.displayName, ...mailUser.attributes }
    : {}
  for (const field of [DISPLAY_NAME, ...PERSON_ATTRIBUTES])
    if (manages(standing[field] ?? '')) compare(field, standing[field] || null, person[field] || null)
  return fields
}

/** By which mail finds a contact that is replaced, its address in the source aside: that is the person's own. */
export function oldNames(
  { legacyExchangeDN, x500, addresses }: Counterpart['contacts'][number],
  accepted: ReadonlySet<string>,
): string[] {
  return [
    ...(legacyExchangeDN === '' ? [] : [`X500:${legacyExchangeDN}`]),
    ...x500.map((proxy) => `X500:${proxy.slice('x500:'.length)}`),
    ...addresses.filter((address) => accepted.has(domainOf(address))).map((address) => `smtp:${address}`),
  ]
}

/** The parameters of each cmdlet that sets some of the fields; `null` clears. */
export function settings(
  fields: readonly FieldChange[],
): { cmdlet: 'Set-MailUser' | 'Set-User'; fields: readonly string[]; parameters: Parameters }[] {
  return (['Set-MailUser', 'Set-User'] as const).flatMap((cmdlet) => {
    const own = fields.filter(({ field }) => MAIL_USER_FIELDS.has(field) === (cmdlet === 'Set-MailUser'))
    if (own.length === 0) return []
    const parameters = Object.fromEntries(
      own.map(({ field, after }) => [
        parameterOf(field),
        field === 'archiveGuid' && after === null ? NO_GUID : after,
      ]),
    )
    return [{ cmdlet, fields: own.map(({ field }) => field), parameters }]
  })
}
