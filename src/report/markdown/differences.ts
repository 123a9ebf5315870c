/** Changes with the values before and after, as a block that GitHub colours. */
import type { FieldChange } from '../../engine/plan.ts'
import { subject, target, values, type Detail } from '../detail.ts'
import { fenced, visible } from '../inert.ts'
import { places } from '../places.ts'
import type { Planned } from '../tally.ts'
import { isNothing, valueText } from '../values.ts'

const MOST_LABEL = 80
const MOST_FIELD = 60

/** @param several whether each change names its profile */
export function differences(planned: readonly Planned[], several: boolean, detail: Detail): string {
  return fenced(
    'diff',
    planned.flatMap((one) => [headingOf(one, several, detail), ...valuesOf(one, detail)]),
  )
}

function headingOf({ profile, change, mailboxes }: Planned, several: boolean, detail: Detail): string {
  const id = target(change, detail)
  const facts = [
    ...(several ? [profile.name] : []),
    ...(id === undefined ? [] : [id]),
    places(mailboxes, detail, (name) => name),
    change.reason,
  ]
    .filter((fact) => fact !== '')
    .map((fact) => visible(fact, MOST_LABEL))
  return `  ${visible(subject(change, detail), MOST_LABEL)}  (${facts.join(', ')})`
}

function valuesOf({ change }: Planned, detail: Detail): string[] {
  return (values(change, detail) ?? []).flatMap(lines)
}

/** Nothing before, and only what comes is shown; nothing after, and only what goes. */
function lines({ field, before, after }: FieldChange): string[] {
  const name = visible(field, MOST_FIELD)
  return [
    ...(isNothing(before) ? [] : [`-   ${name}: ${valueText(before)}`]),
    ...(isNothing(after) ? [] : [`+   ${name}: ${valueText(after)}`]),
  ]
}
