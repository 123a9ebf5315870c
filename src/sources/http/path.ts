/**
 * What stands in a value of JSON at a dotted path: `data.people`, `emails.0.value`.
 *
 * A key that itself holds a dot is found too: at each step the whole of what is left of the path is tried
 * as a key first, so `@odata.nextLink` needs no quoting. Own keys alone count: `constructor` stands nowhere.
 *
 * @returns `undefined` where nothing stands, also when the way there ends at null or at a text.
 */
export function valueAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const own = (key: string): unknown =>
    // Of a list its elements; its length is nothing that the service said.
    Object.hasOwn(value, key) && !(Array.isArray(value) && key === 'length')
      ? (value as Readonly<Record<string, unknown>>)[key]
      : undefined
  const whole = own(path)
  const dot = path.indexOf('.')
  if (whole !== undefined || dot === -1) return whole
  return valueAt(own(path.slice(0, dot)), path.slice(dot + 1))
}
