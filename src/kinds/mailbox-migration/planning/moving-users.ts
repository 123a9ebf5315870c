/** Who is in a batch, whatever batch it is. */
import type { MigrationUser } from '../batch/batch.ts'
import { isConflict, type Conflict, type Counterpart } from '../mailboxes/counterpart.ts'

export interface UsersIn {
  readonly byMailbox: ReadonlyMap<string, MigrationUser>
  readonly byAddress: ReadonlyMap<string, MigrationUser>
}

export function usersIn(users: readonly MigrationUser[]): UsersIn {
  return {
    byMailbox: new Map(
      users.filter(({ mailboxGuid }) => mailboxGuid !== '').map((user) => [user.mailboxGuid, user]),
    ),
    byAddress: new Map(users.map((user) => [user.address, user])),
  }
}

/** By the mailbox that moves; else by an address of the mail user that it moves to. */
export function userOf(
  one: Counterpart | Conflict,
  { byMailbox, byAddress }: UsersIn,
): MigrationUser | undefined {
  const found = byMailbox.get(one.mailbox.exchangeGuid ?? '')
  if (found || isConflict(one)) return found
  return [one.addresses.primary, ...(one.mailUser?.addresses ?? [])]
    .map((address) => byAddress.get(address))
    .find((user) => user !== undefined)
}
