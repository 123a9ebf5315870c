/** People of an on-premises Active Directory, through LDAP. */
import { PERSON_FIELDS, type PersonField } from '../../people/person.ts'
import { readAtHand } from '../at-hand.ts'
import type { ActiveDirectoryFrom } from '../schema.ts'
import { isContactOfOurs } from '../made-by-us.ts'
import {
  condition,
  DISABLED_RULE,
  hiddenRule,
  OURS_RULE,
  refuseUnknown,
  type Candidate,
  type Condition,
} from '../scope.ts'
import type { Source, SourcePath } from '../source.ts'
import type { Surroundings } from '../surroundings.ts'
import { attributesFor, fieldsWithout } from './attributes.ts'
import { begunAnew } from './begun-anew.ts'
import { certificatesOf } from './authority.ts'
import { connect, type Connection } from './connection.ts'
import { existing } from './directory-schema.ts'
import { accountOf, type Account } from './entry.ts'
import { parseFilter } from './filter.ts'
import { managersOf } from './managers.ts'
import { referralNotices } from './referrals.ts'
import { pages } from './search.ts'
import { signIn } from './sign-in.ts'

const EVERY_ATTRIBUTE = attributesFor(new Set(PERSON_FIELDS))

/** @param from passed validation: see `checkActiveDirectory`. */
export function activeDirectorySource(
  from: ActiveDirectoryFrom,
  at: SourcePath,
  around: Surroundings,
): Source {
  const { baseDN, filter } = from.activeDirectory
  const where = condition(from.where, [...at, 'where'])
  const rules = [
    ...(from.disabled === 'exclude' ? [DISABLED_RULE] : []),
    ...(from.hidden === 'exclude' ? [hiddenRule('msExchHideFromAddressLists')] : []),
    OURS_RULE,
    ...where.rules,
  ]

  return {
    read: (fields) =>
      begunAnew(() =>
        signedIn(from, around, async (connection) => {
          const reads = new Set<PersonField>([...fields, ...where.reads])
          const unknown = fieldsWithout(await existing(connection, EVERY_ATTRIBUTE))
          refuseUnknown(
            where,
            unknown,
            (missing) =>
              `where reads ${missing}, which this Active Directory does not have: Exchange's extensions of the schema bring it.`,
          )
          const search = { baseDN, filter: parseFilter(filter), attributes: attributesFor(reads) }
          const accounts: Account[] = []
          const references = new Set<string>()
          for await (const page of pages(connection, search)) {
            accounts.push(...page.entries.map(accountOf))
            for (const url of page.references) references.add(url)
          }
          const managers = await managersOf(connection, accounts)
          if (managers.warnings.length > 0) refuseUnknownManagers(where)
          const unknownWithManager = new Set([...unknown, 'manager' as const])
          const candidates = accounts.map((account): Candidate => {
            const { person, disabled, hidden } = account
            const manager = managers.nameOf(account)
            return {
              sourced: {
                person: { ...person, manager: manager ?? '' },
                unknown: manager === undefined ? unknownWithManager : unknown,
              },
              disabled,
              hidden,
              ours: isContactOfOurs(person),
            }
          })
          return readAtHand({
            candidates,
            rules,
            warnings: [...referralNotices(references), ...managers.warnings],
          })
        }),
      ),
  }
}

function refuseUnknownManagers(where: Condition): void {
  refuseUnknown(
    where,
    new Set(['manager']),
    (field) =>
      `where reads ${field}, and managers are in another domain or hidden from the account: leave it out.`,
  )
}

async function signedIn<T>(
  { activeDirectory: { url, caFile, bindDN, bindDNEnv, passwordEnv } }: ActiveDirectoryFrom,
  around: Surroundings,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const name = bindDN ?? around.secret(bindDNEnv!)
  const password = around.secret(passwordEnv)
  const authorities = caFile === undefined ? undefined : certificatesOf(await around.file(caFile), caFile)
  const connection = await connect({ url, authorities, caFile })
  try {
    await signIn(connection, name, password)
    return await use(connection)
  } finally {
    await connection.close()
  }
}
