/** What the schema of personal-contacts cannot say: what depends on other keys and on other profiles. */
import type { CheckContext } from '../../profiles/kind.ts'
import type { CommonProfile } from '../../profiles/profile.ts'
import { checkSources, sourceReferences } from '../../sources/check.ts'
import { requiredFields } from './required-fields.ts'
import type { PersonalContactsProfile } from './schema.ts'

export function checkPersonalContacts(profile: PersonalContactsProfile, context: CheckContext): void {
  checkSources(profile.from, requiredFields(profile), context)
  checkMailboxes(profile, context)
  checkPhotos(profile, context)
  checkAdoption(profile, context)
}

function checkMailboxes({ to, state }: PersonalContactsProfile, { report }: CheckContext): void {
  const { users = [], groups = [], all, exclude = [] } = to.mailboxes
  if (users.length + groups.length === 0 && !all && state === 'present')
    report(['to', 'mailboxes'], '`to.mailboxes` names none: give users, groups, or all: true', { key: true })
  const excluded = new Set(exclude.map((name) => name.toLowerCase()))
  for (const [index, name] of users.entries())
    if (excluded.has(name.toLowerCase()))
      report(['to', 'mailboxes', 'users', index], `\`${name}\` stands under \`exclude\` too, which wins`)
}

/** Only a directory has photos. */
function checkPhotos({ from, to }: PersonalContactsProfile, { report }: CheckContext): void {
  if (to.photos && sourceReferences(from).length === 0)
    report(['to', 'photos'], '`photos` has no effect: no source is a tenant', { key: true })
}

/** What one adopts as a person's, the other would delete as nobody's. */
function checkAdoption(profile: PersonalContactsProfile, { tenants, others, report }: CheckContext): void {
  if (profile.state === 'absent') return
  const tenantId = (name: string) => tenants.get(name)?.tenantId.toLowerCase()
  const own = prefixesOf(profile)
  for (const [index, prefix] of own.entries())
    if (own.indexOf(prefix) < index)
      report(['adopt', index], `the prefix ${JSON.stringify(prefix)} stands here twice`)
  for (const other of others) {
    // Told of one of the two.
    if (!isPersonalContacts(other) || other.state === 'absent' || other.name > profile.name) continue
    const sameFolder = (other.to.folder ?? '').toLowerCase() === (profile.to.folder ?? '').toLowerCase()
    const target = tenantId(profile.to.tenant)
    if (!sameFolder || target === undefined || target !== tenantId(other.to.tenant)) continue
    const theirs = prefixesOf(other)
    for (const [index, prefix] of own.entries())
      if (theirs.includes(prefix))
        report(
          ['adopt', index],
          `contacts with the prefix ${JSON.stringify(prefix)} are adopted by profile \`${other.name}\` too, in the same folder of the same tenant: only one of them may`,
        )
  }
}

function prefixesOf({ adopt = [] }: PersonalContactsProfile): string[] {
  return adopt.map(({ o365synchronizer }) => o365synchronizer.guidPrefix)
}

function isPersonalContacts(profile: CommonProfile): profile is PersonalContactsProfile {
  return profile.kind === 'personal-contacts'
}
