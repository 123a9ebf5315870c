/** Is there room for the mailbox where it goes? */
import { contentOf, quotaOf, sizeText, type Content, type Quota } from '../sizes.ts'
import type { Pair } from './readiness.ts'

/**
 * What must fit in what. "Archive size 180 GB (…) exceeds target quota 100 GB (…)." was told of a move to Exchange
 * Online (New Signature, "How to Migrate Archive Mailboxes Over 100GB to Exchange Online"); the others are worded
 * alike.
 */
const ROOMS: readonly (readonly [what: string, content: Content, quota: Quota])[] = [
  ['Mailbox size', 'TotalItemSize', 'ProhibitSendReceiveQuota'],
  ['Mailbox dumpster size', 'TotalDeletedItemSize', 'RecoverableItemsQuota'],
  ['Archive size', 'ArchiveTotalItemSize', 'ArchiveQuota'],
]

/** @returns why it does not fit. */
export function quotaFault({ mailbox, mailUser }: Pair): string | undefined {
  for (const [what, content, quota] of ROOMS) {
    const [size, room] = [contentOf(mailbox, content), quotaOf(mailUser, quota)]
    if (size > room) return `${what} ${sizeText(size)} exceeds target quota ${sizeText(room)}.`
  }
  return undefined
}
