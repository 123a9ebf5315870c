/** What all `Get-` cmdlets share: identity or filter, and how much of the result is given. */
import { matcher } from '../opath/match.ts'
import { resolve } from '../identity.ts'
import type { Recipient, RecipientType } from '../recipient.ts'
import { distinguishedName, RECIPIENT_TYPE, type Seen } from '../rows/properties.ts'
import { rowOf, type Property, type View } from '../rows/view.ts'
import { listParameter, textParameter, type Call, type Cmdlet, type Output } from './cmdlet.ts'

/** Rows given when `ResultSize` is not named. */
export const DEFAULT_RESULT_SIZE = 1000

export const MORE_RESULTS =
  'There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.'

/** A `Get-` cmdlet over recipients of some types. */
export function recipientCmdlet(listing: {
  readonly name: string
  readonly types: readonly RecipientType[]
  readonly view: View<Seen>
  /** Properties to filter by that the view does not show. */
  readonly hidden?: Property<Seen>
  readonly carries?: readonly string[]
  /** Listed only where `RecipientTypeDetails` names it. */
  readonly onlyByName?: RecipientType
}): Cmdlet {
  const { name, types, view, hidden, onlyByName } = listing
  return {
    name,
    carries: new Set(['Identity', 'Filter', 'ResultSize', ...(listing.carries ?? [])]),
    run(call) {
      const identity = textParameter(call.parameters, 'Identity')
      const { recipients } = call.tenant
      if (identity !== undefined)
        return output(call, view, [resolve(recipients, identity, types, (one) => call.visible(one))])
      const filter = textParameter(call.parameters, 'Filter')
      const matches =
        filter === undefined
          ? undefined
          : matcher(filter, call.cmdlet, (property) =>
              hidden && property.toLowerCase() === hidden.name.toLowerCase()
                ? hidden
                : view.property(property),
            )
      const details = listParameter(call.parameters, 'RecipientTypeDetails')
      const kinds = listParameter(call.parameters, 'RecipientType')
      const softDeleted = call.parameters.get('IncludeSoftDeletedRecipients') === true
      const found: Recipient[] = []
      for (const recipient of recipients) {
        if (recipient.softDeleted && !softDeleted) continue
        if (!types.includes(recipient.type)) continue
        if (details ? !details.includes(recipient.type) : recipient.type === onlyByName) continue
        if (kinds && !kinds.includes(RECIPIENT_TYPE[recipient.type])) continue
        if (!call.visible(recipient)) continue
        if (matches && !matches(seen(call, recipient))) continue
        found.push(recipient)
      }
      return output(call, view, found)
    },
  }
}

/** The recipients found, as far as `ResultSize` lets them through. */
export function output(call: Call, view: View<Seen>, found: readonly Recipient[]): Output {
  const size = call.parameters.get('ResultSize')
  const limit = typeof size === 'number' ? size : DEFAULT_RESULT_SIZE
  const wanted = listParameter(call.parameters, 'Properties')
  return {
    count: Math.min(found.length, limit),
    rows(from, to, columns = wanted) {
      const properties = view.columns(columns)
      return found.slice(from, to).map((recipient) => rowOf(seen(call, recipient), properties))
    },
    warnings: found.length > limit ? [MORE_RESULTS] : [],
  }
}

function seen({ tenant }: Call, recipient: Recipient): Seen {
  const { organization, recipients } = tenant
  if (recipient.members.length === 0) return { recipient, organization }
  const memberNames = (): string[] =>
    recipient.members.flatMap((id) => {
      const member = recipients.byObjectId(id)
      return member ? [distinguishedName({ recipient: member, organization })] : []
    })
  return { recipient, organization, memberNames }
}
