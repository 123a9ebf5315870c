/**
 * How much about people leaves the runner (DESIGN 7, `detail`). What is cut here is cut before it is
 * rendered: no renderer holds a name that it may not show.
 *
 * - `masked`: initials and domain of a person, names of fields without values, codes without texts;
 * - `counts`: numbers alone, no line about anybody;
 * - `full`: everything.
 */
import type { Change, FieldChange, Health, Notice, Skipped } from '../engine/plan.ts'

export const DETAILS = ['masked', 'counts', 'full'] as const
export type Detail = (typeof DETAILS)[number]

/** More initials than these say who it is in a small house. */
const MOST_INITIALS = 3
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*$/u
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** What a change is about: a person, or an object that is nobody's. Still hostile text. */
export function subject({ label, configuration }: Change, detail: Detail): string {
  return configuration ? label : who(label, detail)
}

/** Who a line is about. Still hostile text: to be made inert for its medium. */
export function who(label: string, detail: Detail): string {
  return detail === 'full' ? label : masked(label)
}

/**
 * `Ada Lovelace <ada@fabrikam.com>` is `A. L. @fabrikam.com`. A word of one letter gives no initial, for
 * the initial would be the word; without a name, the local part of the address gives them. An object id
 * names nobody.
 */
export function masked(label: string): string {
  if (GUID.test(label)) return shortened(label)
  const at = label.lastIndexOf('@')
  const before = at < 0 ? label : label.slice(0, at)
  const local = at < 0 ? '' : before.split(/[\s<>]/).at(-1)!
  const name = before.slice(0, before.length - local.length)
  const initials = initialsOf(name) || initialsOf(local) || '–'
  const domain = at < 0 ? '' : /^[^\s<>]*/.exec(label.slice(at + 1))![0]
  return domain.length <= 253 && DOMAIN.test(domain) ? `${initials} @${domain}` : initials
}

function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? []
  return words
    .filter((word) => [...word.replace(/\p{M}/gu, '')].length > 1)
    .slice(0, MOST_INITIALS)
    .map((word) => `${String.fromCodePoint(word.codePointAt(0)!).toUpperCase()}.`)
    .join(' ')
}

/** As much of a GUID as tells two people of the same initials apart. */
function shortened(guid: string): string {
  return guid.slice(0, 8)
}

/** The object in the target: its id, or the beginning of a GUID. */
export function target({ targetId }: Change, detail: Detail): string | undefined {
  if (targetId === undefined || detail === 'full') return targetId
  return GUID.test(targetId) ? shortened(targetId) : undefined
}

/** The fields with their values, or `undefined` where values may not be shown. */
export function values({ fields }: Change, detail: Detail): readonly FieldChange[] | undefined {
  return detail === 'full' ? fields : undefined
}

/** The script of a change; where it may name a person and may not be shown, `undefined`. */
export function script({ manual, configuration }: Change, detail: Detail): string | undefined {
  return detail === 'full' || (detail === 'masked' && configuration) ? manual : undefined
}

/** What an entry of health is about: a person, or what is nobody's. Still hostile text. */
export function concerned({ key, configuration }: Health, detail: Detail): string {
  return configuration ? key : who(key, detail)
}

/**
 * The text of an error, a warning or an entry of health; where it may name a person and may not be shown,
 * what anybody may be told.
 */
export function message(
  { message, advice }: Pick<Notice, 'message' | 'advice'>,
  detail: Detail,
): string | undefined {
  return detail === 'full' ? message : advice
}

/** More about what was skipped: all of it, or what anybody may be told. */
export function more({ detail: text, advice }: Skipped, detail: Detail): string | undefined {
  return detail === 'full' ? text : advice
}
