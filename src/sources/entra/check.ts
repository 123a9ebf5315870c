/** What the schema of `entra` cannot say. */
import { compile } from '../../people/expression.ts'
import type { PersonField } from '../../people/person.ts'
import type { Report } from '../../profiles/fault.ts'
import type { EntraFrom } from '../schema.ts'
import type { SourcePath } from '../source.ts'
import { ORG_CONTACT_UNKNOWN } from './org-contact.ts'
import { USER_UNKNOWN } from './user.ts'

/** @param at where in the profile the source stands. */
export function checkEntra({ filter, include, where }: EntraFrom, at: SourcePath, report: Report): void {
  if (filter !== undefined && include.every((who) => who === 'org-contacts'))
    report([...at, 'filter'], 'this has no effect: it filters users, and only org-contacts are read', {
      key: true,
    })
  const unknown =
    where === undefined ? [] : [...compile(where).reads].filter((field) => isUnknownTo(include, field))
  if (unknown.length > 0)
    report(
      [...at, 'where'],
      `this reads ${unknown.join(', ')}, which Microsoft Graph does not show of ${include.join(' or ')}`,
    )
}

/** What some of them carry is empty for the others, and may be asked of all. */
function isUnknownTo(include: EntraFrom['include'], field: PersonField): boolean {
  return include.every((who) => (who === 'org-contacts' ? ORG_CONTACT_UNKNOWN : USER_UNKNOWN).has(field))
}
