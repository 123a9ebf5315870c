/**
 * Mail addresses, as simple as they are in practice: printable ASCII, no quoted local parts, no
 * comments. The `mail` of a directory user cannot hold accented characters either.
 * Sources: RFC 5322, 3.2.3 (dot-atom); RFC 5321, 4.5.3.1 (sizes); Microsoft Graph, "user resource type".
 */

const DOT_ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** Octets of what stands before and behind the `@`. */
const LONGEST_LOCAL_PART = 64
const LONGEST_DOMAIN = 255

export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf('@')
  return (
    at > 0 && at <= LONGEST_LOCAL_PART && DOT_ATOM.test(text.slice(0, at)) && isDomain(text.slice(at + 1))
  )
}

/** A domain name of at least two labels. */
export function isDomain(text: string): boolean {
  return text.length <= LONGEST_DOMAIN && DOMAIN.test(text)
}

/** What stands behind the last `@`, in lower case; `''` where there is none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@')
  return at === -1 ? '' : address.slice(at + 1).toLowerCase()
}

/** What stands before the last `@`; `''` where there is none. */
export function localPartOf(address: string): string {
  return address.slice(0, Math.max(0, address.lastIndexOf('@')))
}

/** To compare and to index by: Exchange tells addresses apart without regard to case. */
export function normalAddress(address: string): string {
  return address.toLowerCase()
}
