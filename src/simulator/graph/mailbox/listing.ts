import type { Properties } from '../directory.ts'
import type { Asked } from './asked.ts'
import { numberOption } from './options.ts'
import type { MailboxOptions, OptionName } from './options.ts'

/** What a collection takes. */
export const LISTED: readonly OptionName[] = ['select', 'filter', 'expand', 'orderby', 'top', 'skip', 'count']

const DEFAULT_PAGE = 10
const LARGEST_PAGE = 1000

/**
 * One page of a collection, with a link to the next.
 * @param context what follows `$metadata#`
 * @throws GraphRefused 400
 */
export function page<Item>(
  items: readonly Item[],
  { asked, options, context }: { asked: Asked; options: MailboxOptions; context: string },
  show: (item: Item) => Properties,
): Properties {
  const { truncation } = asked.request
  const top = options.top === undefined ? DEFAULT_PAGE : numberOption('top', options.top, 1, LARGEST_PAGE)
  const skip = options.skip === undefined ? 0 : numberOption('skip', options.skip, 0, Number.MAX_SAFE_INTEGER)
  const end = skip + Math.min(top, truncation?.rows ?? top)
  const more = truncation ? truncation.nextLink === true : end < items.length
  return {
    '@odata.context': `${asked.world.origin}/v1.0/$metadata#${context}`,
    ...(options.count === 'true' ? { '@odata.count': items.length } : {}),
    ...(more ? { '@odata.nextLink': link(asked, { ...options, skip: String(end) }) } : {}),
    value: items.slice(skip, end).map(show),
  }
}

/** This resource with these options, as an absolute URL. */
export function link({ request, world }: Asked, options: MailboxOptions): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(options)) query.set(`$${name}`, value)
  return `${world.origin}${request.path}?${query.toString()}`
}
