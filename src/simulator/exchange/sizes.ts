/** How much stands in a mailbox, and how much may. All in bytes. */
import { MAILBOX_TYPES, type Recipient } from './recipient.ts'

/** What a mailbox holds; it goes along when the mailbox moves. */
export const CONTENTS = ['TotalItemSize', 'TotalDeletedItemSize', 'ArchiveTotalItemSize'] as const
export const QUOTAS = [
  'IssueWarningQuota',
  'ProhibitSendQuota',
  'ProhibitSendReceiveQuota',
  'RecoverableItemsQuota',
  'ArchiveQuota',
] as const

export type Content = (typeof CONTENTS)[number]
export type Quota = (typeof QUOTAS)[number]

const GIGABYTE = 2 ** 30

export function contentOf({ values }: Recipient, content: Content): number {
  return numberOf(values[content]) ?? 0
}

/**
 * "Primary and Archive Mailbox Quotas … have a max limit of ~100 GB, while Recoverable Items Quota … is set to
 * 30 GB for users not on hold …, and ~100 GB for those who are" (The Exchange Team, "Demystifying Exchange Online
 * mailbox quotas"). Shared mailboxes and those of rooms and equipment have 50 GB (Exchange Online limits); the
 * warnings come at 98 and 99 of a hundred.
 */
export function quotaOf(recipient: Recipient, quota: Quota): number {
  const { type, values } = recipient
  const own = numberOf(values[quota])
  if (own !== undefined) return own
  switch (quota) {
    case 'RecoverableItemsQuota':
      return (values['LitigationHoldEnabled'] === true ? 100 : 30) * GIGABYTE
    case 'ArchiveQuota':
      return 100 * GIGABYTE
    case 'ProhibitSendReceiveQuota':
      return (MAILBOX_TYPES.includes(type) && type !== 'UserMailbox' ? 50 : 100) * GIGABYTE
    case 'ProhibitSendQuota':
      return Math.floor(quotaOf(recipient, 'ProhibitSendReceiveQuota') * 0.99)
    case 'IssueWarningQuota':
      return Math.floor(quotaOf(recipient, 'ProhibitSendReceiveQuota') * 0.98)
  }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

/** As the service writes a size: `37.98 GB (40,779,563,240 bytes)`. */
export function sizeText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  const rounded = Number((bytes / 1024 ** power).toPrecision(4))
  return `${rounded} ${UNITS[power]!} (${bytes.toLocaleString('en-US')} bytes)`
}
