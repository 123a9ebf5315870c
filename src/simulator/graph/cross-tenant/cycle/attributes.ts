import type { DirectoryObject, Properties } from '../../directory.ts'
import { isRecord } from '../body.ts'
import { truth } from '../expression/functions.ts'
import type { Value } from '../expression/functions.ts'

/** Where synchronization has another name for a property than Graph. */
const GRAPH_NAMES: Readonly<Record<string, string>> = {
  facsimileTelephoneNumber: 'faxNumber',
  mobile: 'mobilePhone',
  objectId: 'id',
  physicalDeliveryOfficeName: 'officeLocation',
}
const BOOLEANS: ReadonlySet<string> = new Set(['accountEnabled', 'showInAddressList'])
const EXTENSIONS = 'onPremisesExtensionAttributes'

/** An attribute of a user, by the name that synchronization has for it. */
export function attributeOf({ properties }: Pick<DirectoryObject, 'properties'>, name: string): Value {
  if (name === 'telephoneNumber') return valueOf(asList(properties['businessPhones'])[0])
  if (name.startsWith('extensionAttribute')) {
    const extensions = properties[EXTENSIONS]
    return isRecord(extensions) ? valueOf(extensions[name]) : undefined
  }
  return valueOf(properties[GRAPH_NAMES[name] ?? name])
}

/**
 * A user's properties with these attributes set.
 * @param attributes by synchronization's names; `undefined` clears
 */
export function withAttributes(properties: Properties, attributes: ReadonlyMap<string, Value>): Properties {
  const changed = { ...properties }
  for (const [name, value] of attributes) {
    const text = typeof value === 'string' ? value : (value?.[0] ?? null)
    if (name === 'telephoneNumber') changed['businessPhones'] = text === null ? [] : [text]
    else if (name === 'otherMails') changed[name] = [value ?? []].flat()
    else if (name.startsWith('extensionAttribute'))
      changed[EXTENSIONS] = { ...(changed[EXTENSIONS] as Properties), [name]: text }
    else if (BOOLEANS.has(name)) changed[name] = text === null ? null : text.toLowerCase() === 'true'
    else changed[GRAPH_NAMES[name] ?? name] = text
  }
  return changed
}

/** The same for every way of writing one value: `true` and `True` are one. */
export function isSame(name: string, a: Value, b: Value): boolean {
  const [x, y] = [a, b].map((each) => String(each ?? ''))
  return BOOLEANS.has(name) ? x?.toLowerCase() === y?.toLowerCase() : x === y
}

function valueOf(value: unknown): Value {
  if (typeof value === 'boolean') return truth(value)
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(String)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
