/** What the schema of mail-contacts cannot say: what depends on the tenants, on other profiles, on other keys. */
import type { CheckContext } from '../../profiles/kind.ts'
import type { CommonProfile } from '../../profiles/profile.ts'
import { checkSources, sourceReferences } from '../../sources/check.ts'
import { ownedDomains, sourceTenants } from './domains.ts'
import { REQUIRED_FIELDS } from './wanted.ts'
import type { MailContactsProfile } from './schema.ts'

export function checkMailContacts(profile: MailContactsProfile, context: CheckContext): void {
  const { report } = context
  checkSources(profile.from, REQUIRED_FIELDS, context)
  checkTarget(profile, context)
  checkOwnedDomains(profile, context)
  checkAdoption(profile, context)
  checkMark(profile, context)
  checkHiding(profile, context)
  if (profile.to.grace !== undefined && profile.to.unlisted === 'keep')
    report(['to', 'grace'], '`grace` has no effect beside `unlisted: keep`: nobody is deleted', { key: true })
}

/** People who are in the target already need no contact there. */
function checkTarget({ from, to }: MailContactsProfile, { tenants, report }: CheckContext): void {
  const target = directoryOf(to.tenant, tenants)
  for (const { tenant, path } of sourceReferences(from))
    if (target !== undefined && directoryOf(tenant, tenants) === target)
      report(
        path,
        tenant === to.tenant
          ? `the people of \`${tenant}\` would become contacts in their own tenant: \`to.tenant\` is the same`
          : `\`${tenant}\` and \`${to.tenant}\` are one tenant: its people would become contacts in it`,
      )
}

/** The tenant's id, to compare; `undefined` for one that is not in tenants.yaml. */
function directoryOf(tenant: string, tenants: CheckContext['tenants']): string | undefined {
  return tenants.get(tenant)?.tenantId.toLowerCase()
}

function checkOwnedDomains(profile: MailContactsProfile, { tenants, report }: CheckContext): void {
  const sources = sourceTenants(profile)
  if (!sources.every((name) => tenants.has(name)) || ownedDomains(profile, tenants).length > 0) return
  report(
    ['to', 'owns'],
    sources.length === 0
      ? '`to.owns` is missing: no source is a tenant, whose domains would be the default'
      : `\`to.owns\` is missing: name the domains here, or as \`domains\` of ${sources.map((name) => `\`${name}\``).join(' or ')} in tenants.yaml`,
  )
}

/** Each would take over, and delete, what the other has just made. */
function checkAdoption(profile: MailContactsProfile, { tenants, others, report }: CheckContext): void {
  const index = adoptsUnmarked(profile)
  if (index === -1) return
  const target = directoryOf(profile.to.tenant, tenants)
  const owns = new Set(ownedDomains(profile, tenants))
  for (const other of others) {
    // Told of one of the two.
    if (!isMailContacts(other) || adoptsUnmarked(other) === -1 || other.name > profile.name) continue
    if (target === undefined || directoryOf(other.to.tenant, tenants) !== target) continue
    const shared = ownedDomains(other, tenants).filter((domain) => owns.has(domain))
    if (shared.length > 0)
      report(
        ['adopt', index],
        `\`unmarked\` is adopted by profile \`${other.name}\` too, for ${shared.join(', ')} in the same tenant: only one of them may`,
      )
  }
}

function adoptsUnmarked({ state, adopt }: MailContactsProfile): number {
  return state === 'absent' ? -1 : (adopt ?? []).indexOf('unmarked')
}

function isMailContacts(profile: CommonProfile): profile is MailContactsProfile {
  return profile.kind === 'mail-contacts'
}

function checkMark({ to, mapping }: MailContactsProfile, { report }: CheckContext): void {
  if (mapping?.[to.mark] !== undefined)
    report(
      ['mapping', to.mark],
      `\`${to.mark}\` holds the ownership mark: map another attribute, or set \`to.mark\` to another one`,
      { key: true },
    )
}

/** A text without an expression is one of the two it can be. */
function checkHiding({ mapping }: MailContactsProfile, { report }: CheckContext): void {
  const attribute = 'hiddenFromAddressListsEnabled'
  const entry = mapping?.[attribute]
  const value = typeof entry === 'object' && entry !== null ? entry.value : entry
  if (typeof value === 'string' && !value.includes('{{') && value !== 'true' && value !== 'false')
    report(
      ['mapping', attribute, ...(typeof entry === 'object' ? ['value'] : [])],
      `\`mapping.${attribute}\` is ${JSON.stringify(value)}: expected true, false, or an expression that gives one of them`,
    )
}
