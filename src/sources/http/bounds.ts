/** How long and how much is read of a service: one that never ends must not hold up a run, nor fill its memory. */

export interface Bounds {
  /** Milliseconds for one page, from the request to the last byte of its body. */
  readonly pageTime: number
  /** Milliseconds for all pages, waits included. */
  readonly wholeTime: number
  /** Bytes of one page, unpacked. */
  readonly pageBytes: number
  /** Bytes of all pages, unpacked. */
  readonly wholeBytes: number
  readonly pages: number
  /** In a row, for one page. */
  readonly redirects: number
  /** How often one page is asked for, while the service is busy or the connection breaks. */
  readonly attempts: number
  /** Milliseconds. A service that asks to wait longer is asked again after these. */
  readonly longestWait: number
}

const SECOND = 1000
const MEBIBYTE = 1_048_576

export const BOUNDS: Bounds = {
  // A page that takes longer is mostly one that never comes.
  pageTime: 30 * SECOND,
  // A plan is waited for on a pull request, and a token of a workflow lives for an hour at most.
  wholeTime: 15 * 60 * SECOND,
  // Some 100,000 people in one answer.
  pageBytes: 64 * MEBIBYTE,
  // A million people with all their fields are less.
  wholeBytes: 512 * MEBIBYTE,
  // A million people, a hundred a page. A service that links to ever new pages ends here.
  pages: 10_000,
  // From one address to another, and on to a version: more than that is a mistake.
  redirects: 5,
  // With the waits between them half a minute: a service that restarts is back by then.
  attempts: 6,
  longestWait: 60 * SECOND,
}
