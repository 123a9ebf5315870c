/** Stands in for the package `open` in the bundles: only interactive sign-in would open a browser, and nothing here does. */
export default function open(): never {
  throw new Error('interactive sign-in is not offered')
}
