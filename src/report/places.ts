/** Where a change is made, in words. */
import { who, type Detail } from './detail.ts'
import { listed, mailboxCount, number } from './wording.ts'

/**
 * `in 1,240 mailboxes`; a single one by its name, as much of it as `detail` allows. Empty for a change that
 * is made in no mailbox.
 * @param inert makes a name harmless in its medium
 */
export function places(
  mailboxes: readonly string[] | undefined,
  detail: Detail,
  inert: (name: string) => string,
): string {
  if (!mailboxes) return ''
  return mailboxes.length === 1 && detail !== 'counts'
    ? `in ${inert(who(mailboxes[0]!, detail))}`
    : `in ${mailboxCount(mailboxes.length)}`
}

/** `a, b and 12 more`: the first `most` by their names. */
export function namedPlaces(
  mailboxes: readonly string[],
  most: number,
  detail: Detail,
  inert: (name: string) => string,
): string {
  const left = mailboxes.length - Math.min(mailboxes.length, most)
  return listed([
    ...mailboxes.slice(0, most).map((name) => inert(who(name, detail))),
    ...(left > 0 ? [`${number(left)} more`] : []),
  ])
}
