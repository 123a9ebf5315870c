/** Searching a directory, page by page. Sources: RFC 4511, 4.5; RFC 2696 (paged results). */
import type { EventEmitter } from 'node:events'
import {
  Control,
  PagedResultsControl,
  SearchResponse,
  type BerWriter,
  type Client,
  type Entry,
  type Filter,
} from 'ldapts'
import type { Connection } from './connection.ts'
import { openError } from './open-error.ts'
import { searchError } from './search-error.ts'

export interface Search {
  readonly baseDN: string
  readonly filter: Filter
  readonly attributes: readonly string[]
}

export interface Page {
  readonly entries: readonly Entry[]
  /** URLs of other domains and partitions whose entries are not among these. */
  readonly references: readonly string[]
}

/** Entries; a domain controller gives at most 1,000 (MaxPageSize). */
const PAGE_SIZE = 500

/** Seconds; less than a request may take, so that the page so far comes instead of nothing. */
const PAGE_TIME = 50

/** In a row. */
const MOST_EMPTY_PAGES = 100

/**
 * Everything below the base, and the base itself.
 * @throws SourceError when a page fails.
 */
export async function* pages(connection: Connection, search: Search): AsyncGenerator<Page> {
  let empty = 0
  for (let cookie: Buffer | undefined = Buffer.alloc(0); cookie;) {
    const { page, next } = await pageAt(connection, search, cookie)
    yield page
    empty = page.entries.length + page.references.length === 0 ? empty + 1 : 0
    if (empty === MOST_EMPTY_PAGES && next)
      throw openError(
        'active-directory-limit-exceeded',
        `${connection.host} searches without an end and finds nobody: narrow baseDN, or use a filter over indexed attributes, such as mail.`,
      )
    cookie = next
  }
}

/** @returns the entry of that very name. */
export async function entryAt(
  { client }: Connection,
  dn: string,
  attributes: readonly string[],
): Promise<Entry | undefined> {
  const { searchEntries } = await client.search(dn, { scope: 'base', attributes: [...attributes] })
  return searchEntries[0]
}

async function pageAt(
  { client, host }: Connection,
  { baseDN, filter, attributes }: Search,
  cookie: Buffer,
): Promise<{ page: Page; next: Buffer | undefined }> {
  const answered = cookieOf(client)
  try {
    const { searchEntries, searchReferences } = await client.search(
      baseDN,
      {
        scope: 'sub',
        filter,
        attributes: [...attributes],
        explicitBufferAttributes: ['objectGUID'],
        timeLimit: PAGE_TIME,
      },
      new PageControl(cookie),
    )
    return { page: { entries: searchEntries, references: searchReferences }, next: answered.cookie() }
  } catch (error) {
    throw searchError(error, { host, baseDN })
  } finally {
    answered.stop()
  }
}

/**
 * The paging of ldapts takes a page without entries for the last one. A domain controller whose time
 * for a page is over sends just that, with more to come: people would be missing, and nobody told.
 */
class PageControl extends Control {
  readonly #cookie: Buffer
  constructor(cookie: Buffer) {
    super(PagedResultsControl.type, { critical: true })
    this.#cookie = cookie
  }
  override write(writer: BerWriter): void {
    new PagedResultsControl({ critical: true, value: { size: PAGE_SIZE, cookie: this.#cookie } }).write(
      writer,
    )
  }
}

/** ldapts keeps the cookie of an answer to itself: it is taken from the messages as they are parsed. */
function cookieOf(client: Client): { cookie(): Buffer | undefined; stop(): void } {
  const parser = client['messageParser'] as unknown as EventEmitter
  let cookie: Buffer | undefined
  const listen = (message: unknown) => {
    if (!(message instanceof SearchResponse)) return
    const control = message.controls?.find((one) => one instanceof PagedResultsControl)
    cookie = control?.value?.cookie
  }
  parser.on('message', listen)
  return {
    cookie: () => (cookie?.length ? cookie : undefined),
    stop: () => parser.off('message', listen),
  }
}
