import type { UserSeed } from './seed.ts'

export type MailboxKind = NonNullable<UserSeed['mailbox']>

/** What mailbox a user has: as the seed says, else one when they have a mail address and are no guest. */
export function mailboxKind(user: UserSeed): MailboxKind {
  return user.mailbox ?? (user.mail && !isGuest(user) ? 'user' : 'none')
}

export function isGuest(user: UserSeed): boolean {
  return user['userType'] === 'Guest' || user.userPrincipalName.includes('#EXT#')
}
