import { propertiesOf } from '../contract.ts'
import type { Properties } from '../directory.ts'
import { timeText } from './contact.ts'
import type { Contact } from './contact.ts'
import { EXTENDED, extendedProperties, propertyKey } from './extended-properties.ts'
import type { Folder } from './folder.ts'

export type ContactId = 'default' | 'immutable'

/** How contacts are shown. */
export interface View {
  readonly selection: readonly string[]
  /** Keys of the extended properties that were asked for; none are shown otherwise. */
  readonly expanded: ReadonlySet<string>
  readonly ids: ContactId
}

const TYPES = propertiesOf('contact')
const NTH_ADDRESS = ['primaryEmailAddress', 'secondaryEmailAddress', 'tertiaryEmailAddress']

/** A contact in Graph's JSON. */
export function showContact(contact: Contact, { selection, expanded, ids }: View): Properties {
  const shown: Properties = { '@odata.etag': etagOf(contact), id: contact.idOf(ids) }
  // A relationship may be selected, but does not appear without $expand.
  for (const name of selection) if (name !== 'id' && TYPES.has(name)) shown[name] = valueOf(contact, name)
  if (expanded.size > 0) {
    const found = extendedProperties(contact.properties).filter(({ id }) => expanded.has(propertyKey(id)))
    if (found.length > 0) shown[EXTENDED] = found
  }
  return shown
}

export function showFolder(folder: Folder, selection: readonly string[]): Properties {
  const all: Properties = {
    id: folder.id,
    displayName: folder.displayName,
    parentFolderId: folder.parent?.id ?? folder.id,
  }
  const shown = selection.map((name) => [name, all[name]] as const)
  return { id: folder.id, ...Object.fromEntries(shown) }
}

export function etagOf(contact: Contact): string {
  return `W/"${contact.changeKey}"`
}

/** A property as it is shown: null, `[]` or `{}` when it is not set. */
export function valueOf(contact: Contact, name: string): unknown {
  if (name === 'changeKey') return contact.changeKey
  if (name === 'createdDateTime') return timeText(contact.created)
  if (name === 'lastModifiedDateTime') return timeText(contact.modified)
  if (name === 'parentFolderId') return contact.folder.id
  const nth = NTH_ADDRESS.indexOf(name)
  if (nth >= 0) return (contact.properties['emailAddresses'] as Properties[] | undefined)?.[nth] ?? null
  return contact.properties[name] ?? unset(TYPES.get(name))
}

function unset(type = 'string'): unknown {
  if (type.endsWith('[]')) return []
  return type === 'physicalAddress' ? {} : null
}
