/**
 * What a token says of its holder. It is read for hints and warnings, never trusted: the services
 * decide. A token that cannot be read says nothing.
 */
export interface TokenClaims {
  /** Application permissions, such as `User.Read.All`. */
  readonly roles: readonly string[] | undefined
  /** Template ids of the directory roles; absent from tokens that do not tell. */
  readonly wids: readonly string[] | undefined
}

export function claimsOf(token: string): TokenClaims {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >
    return { roles: texts(claims['roles']), wids: texts(claims['wids']) }
  } catch {
    return { roles: undefined, wids: undefined }
  }
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined
}

/** Template ids of directory roles. Source: Microsoft Entra, "Built-in roles". */
const EXCHANGE_WRITERS = [
  '29232cdf-9323-42fd-ade2-1d097af3e4de', // Exchange Administrator
  '31392ffb-586c-42d1-9346-e59415a2cc4e', // Exchange Recipient Administrator
  '62e90394-69f5-4237-9190-012177145e10', // Global Administrator
]
const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'

/** @returns `undefined` when the token does not tell. */
export function mayReadExchange({ wids }: TokenClaims): boolean | undefined {
  return wids?.some((role) => role === GLOBAL_READER || EXCHANGE_WRITERS.includes(role))
}

/** Whether users are shown to its holder in their basic properties only. */
export function readsBasicsAlone({ roles = [] }: TokenClaims): boolean {
  return (
    roles.includes('User.ReadBasic.All') &&
    !roles.some((role) => /^(User|Directory)\.Read(Write)?\.All$/.test(role))
  )
}

/** Whether its holder could change something: a plan needs no such token. */
export function mayWrite({ roles = [], wids = [] }: TokenClaims): boolean {
  const graph = roles.some((role) => /ReadWrite|\.Write|\.Manage\.|Invite|FullControl/.test(role))
  const exchange =
    roles.includes('Exchange.ManageAsApp') && wids.some((role) => EXCHANGE_WRITERS.includes(role))
  return graph || exchange
}
