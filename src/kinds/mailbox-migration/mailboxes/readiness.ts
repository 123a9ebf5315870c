/**
 * What keeps a mailbox from moving, and on which side: found before a batch fails over it.
 * Source: Microsoft 365, "Cross-tenant mailbox migration", Licensing, "Prepare target user objects for migration" and
 * "Known issues"; Exchange Online limits.
 */
import { MOST_BYTES, type Licences } from './licences.ts'
import type { Mailbox } from './mailbox.ts'
import type { MailUser } from './mail-user.ts'

/** What is known of all of them; what could not be read is left out, and keeps nobody back. */
export interface Facts {
  /** Names of the tenants. */
  readonly source: string
  readonly target: string
  /** By the key in each tenant. */
  readonly sourceLicences: ReadonlyMap<string, Licences> | undefined
  readonly targetLicences: ReadonlyMap<string, Licences> | undefined
  /** Whether anybody is seen to have a licence: where nobody is, none is shown. */
  readonly isLicensingShown: boolean
  /** Bytes by key. */
  readonly sizes: ReadonlyMap<string, number> | undefined
}

/** @returns clauses that name nobody; none for a mailbox that is ready. */
export function lacksOf(mailbox: Mailbox, mailUser: MailUser | undefined, facts: Facts): string[] {
  const { source } = facts
  return [
    ...(mailbox.holds.length > 0 ? [`${source}: it is on hold (${mailbox.holds.join(', ')})`] : []),
    ...(mailbox.autoExpandingArchive && mailbox.archiveGuid !== undefined
      ? [`${source}: its archive expands by itself, and cannot move`]
      : []),
    ...sizeLack(mailbox, mailUser, facts),
    ...licenceLack(mailbox, mailUser, facts),
  ]
}

function sizeLack(
  { key }: Mailbox,
  mailUser: MailUser | undefined,
  { source, target, sizes, targetLicences }: Facts,
): string[] {
  const size = sizes?.get(key)
  const room = (mailUser && targetLicences?.get(mailUser.key)?.mailbox) ?? MOST_BYTES
  if (size === undefined || size <= room) return []
  return [`${source}: it holds ${gigabytes(size)}, and a mailbox in ${target} may hold ${gigabytes(room)}`]
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1).replace('.0', '')} GB`
}

function licenceLack(mailbox: Mailbox, mailUser: MailUser | undefined, facts: Facts): string[] {
  if (licenceOf(mailbox, mailUser, facts) !== 'none') return []
  return [`${facts.source} or ${facts.target}: no licence, and a move needs one: ${LICENCE}`]
}

/** What keeps nobody back, and somebody should know. @returns clauses that name nobody. */
export function doubtsOf(mailbox: Mailbox, mailUser: MailUser | undefined, facts: Facts): string[] {
  if (licenceOf(mailbox, mailUser, facts) !== 'unseen') return []
  return [`no licence ${LICENCE} is seen in ${facts.source} or ${facts.target}, without which the move fails`]
}

const LICENCE = '"Cross Tenant User Data Migration"'

/**
 * A licence goes by many names, and may come with another product: only who has none at all is known to have none
 * for this, and only where others are seen to have some.
 */
function licenceOf(
  { key }: Mailbox,
  mailUser: MailUser | undefined,
  { sourceLicences, targetLicences, isLicensingShown }: Facts,
): 'none' | 'unseen' | 'unknown' | 'there' {
  const own = sourceLicences?.get(key)
  const there = mailUser ? targetLicences?.get(mailUser.key) : NO_LICENCES
  if (!own || !there) return 'unknown'
  if (own.toMove || there.toMove) return 'there'
  return own.any || there.any || !isLicensingShown || !own.isUser ? 'unseen' : 'none'
}

const NO_LICENCES: Licences = { toMove: false, any: false, mailbox: undefined, isUser: true }
