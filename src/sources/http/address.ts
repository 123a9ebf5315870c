/** Where a service is, and where its links may lead. */

/** For readers: without the query, which may hold a key. */
export function shown({ origin, pathname }: URL): string {
  return origin + pathname
}

/** What is wrong with a link. */
export type BadLink = { readonly fault: 'unreadable' } | { readonly fault: 'other-origin'; origin: string }

/**
 * @param link absolute, or relative to where it was found (RFC 3986, 5).
 * @returns where it leads; only to the same scheme, host and port: nobody else is to get the token, and
 *   nobody else is asked for people.
 */
export function follow(link: string, from: URL): URL | BadLink {
  if (!URL.canParse(link, from.href)) return { fault: 'unreadable' }
  const url = new URL(link, from)
  if (url.origin !== from.origin)
    // Schemes without hosts have no origin, and say so in this word.
    return { fault: 'other-origin', origin: url.origin === 'null' ? url.protocol : url.origin }
  if (hasUser(url)) return { fault: 'unreadable' }
  return withoutFragment(url)
}

/** A fragment is never sent: two addresses that differ in it alone are one. */
export function withoutFragment(url: URL): URL {
  const bare = new URL(url)
  bare.hash = ''
  return bare
}

export function hasUser({ username, password }: URL): boolean {
  return username !== '' || password !== ''
}
