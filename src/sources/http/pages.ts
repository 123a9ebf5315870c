/**
 * The pages of a service, from the first to the last, each with its list of items.
 * Sources: RFC 8259, 8.1 (JSON is UTF-8; a byte order mark may be ignored); RFC 3986, 5 (relative URLs).
 */
import type { HttpFrom } from '../schema.ts'
import { follow, shown, withoutFragment } from './address.ts'
import type { Bounds } from './bounds.ts'
import { fault, kindOf, kindWithKeys } from './fault.ts'
import { valueAt } from './path.ts'
import { Service, type Token } from './service.ts'

export interface Items {
  /** For readers, e.g. `https://hr.fabrikam.com/people, page 2`. */
  readonly place: string
  readonly items: readonly unknown[]
  /** Whether anything stands where the link to the next page should, be it null. */
  readonly toldNext: boolean
}

/** @throws SourceError when a page is missing, is not JSON or has no list, or when links lead away or in a circle. */
export async function* pages(
  { url, items, next }: Pick<HttpFrom['http'], 'url' | 'items' | 'next'>,
  token: Token | undefined,
  bounds: Bounds,
): AsyncGenerator<Items> {
  const service = new Service(token, bounds)
  const seen = new Set<string>()
  let at: URL | undefined = withoutFragment(new URL(url))
  const name = shown(at)
  for (let number = 1; at !== undefined; number++) {
    const place = `${name}, page ${number}`
    if (number > bounds.pages)
      throw fault('http-too-many-pages', name, `there are more than ${bounds.pages} pages`)
    const page = await service.page(at, place)
    seen.add(at.href).add(page.url.href)
    const answer = parsed(page.body, place)
    const toldNext = next !== undefined && valueAt(answer, next) !== undefined
    yield { place, items: listIn(answer, items, place), toldNext }
    at = next === undefined ? undefined : nextIn(answer, next, page.url, place)
    if (at !== undefined && seen.has(at.href))
      throw fault('http-loop', place, `${next} leads back to a page that was read before`)
  }
}

/** Not what `JSON.parse` says: it quotes what it read. */
function parsed(body: Uint8Array, place: string): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw fault('http-not-json', place, 'the answer is no JSON: it is not in UTF-8')
  }
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw fault('http-not-json', place, `the answer is no JSON: ${likeness(text)}`)
  }
}

function likeness(text: string): string {
  const start = text.trimStart()
  if (start === '') return 'it is empty'
  if (start.startsWith('<')) return 'it looks like a web page, as a service shows where it wants a sign-in'
  return /^["[{]/.test(start) ? 'it begins like JSON, and is broken off or damaged' : 'it is some other text'
}

function listIn(answer: unknown, path: string | undefined, place: string): readonly unknown[] {
  const list = path === undefined ? answer : valueAt(answer, path)
  if (Array.isArray(list)) return list
  if (path === undefined) {
    const way = 'name the list within it in `items`'
    throw fault(
      'http-no-list',
      place,
      `the answer is ${kindWithKeys(answer)}, where a list of people was expected: ${way}`,
      `the answer is ${kindOf(answer)}, where a list of people was expected: ${way}`,
    )
  }
  if (list === undefined)
    throw fault(
      'http-no-list',
      place,
      `the answer has no ${path}, which \`items\` names: it is ${kindWithKeys(answer)}`,
      `the answer has no ${path}, which \`items\` names: it is ${kindOf(answer)}`,
    )
  throw fault(
    'http-no-list',
    place,
    `${path} is ${kindWithKeys(list)}, where a list of people was expected`,
    `${path} is ${kindOf(list)}, where a list of people was expected`,
  )
}

/** @returns nothing behind the last page: no such key there, null, or an empty text. */
function nextIn(answer: unknown, path: string, from: URL, place: string): URL | undefined {
  const link = valueAt(answer, path)
  if (link === undefined || link === null || link === '') return undefined
  if (typeof link !== 'string')
    throw fault('http-next', place, `${path} is ${kindOf(link)}, where the URL of the next page was expected`)
  const to = follow(link, from)
  if (to instanceof URL) return to
  if (to.fault === 'unreadable')
    throw fault('http-next', place, `${path} is a text that is no URL that can be followed`)
  throw fault(
    'http-other-origin',
    place,
    `${path} leads to another origin, ${to.origin}, and people are read from ${from.origin} alone`,
  )
}
