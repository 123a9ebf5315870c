import type { Properties } from '../directory.ts'

const PARTS = ['givenName', 'middleName', 'surname']

/**
 * What Outlook fills in when a contact is made without it: the display name from the parts of the name, and
 * what it is filed under (Microsoft Graph, "contact resource type").
 */
export function named(created: Properties): Properties {
  const displayName = created['displayName'] || joined(created)
  const { surname, givenName } = created as { surname?: string; givenName?: string }
  const fileAs = created['fileAs'] || (surname && givenName ? `${surname}, ${givenName}` : displayName)
  return { ...created, ...(displayName && { displayName }), ...(fileAs && { fileAs }) }
}

/**
 * A change of a part of the name changes the display name too, unless it is sent along (Microsoft Graph,
 * "Update contact").
 * @param changed the contact as it will be
 */
export function renamed(changed: Properties, change: Properties): Properties {
  if ('displayName' in change || !PARTS.some((part) => part in change)) return changed
  const { displayName: _, ...rest } = changed
  const displayName = joined(changed)
  return displayName === '' ? rest : { ...rest, displayName }
}

function joined(properties: Properties): string {
  return PARTS.map((part) => properties[part])
    .filter(Boolean)
    .join(' ')
}
