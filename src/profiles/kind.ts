/** How a profile of one kind is written and checked. A new kind implements this, and the engine's Kind. */
import type { TObject } from '@sinclair/typebox'
import type { Path, Report } from './fault.ts'
import type { CommonProfile } from './profile.ts'
import type { Tenant } from './tenants.ts'

export const KIND_NAMES = [
  'mail-contacts',
  'personal-contacts',
  'cross-tenant-sync',
  'mailbox-migration',
] as const
export type KindName = (typeof KIND_NAMES)[number]

export interface ProfileKind<P extends CommonProfile = CommonProfile> {
  readonly name: KindName
  /** The whole profile; its defaults stand only here. */
  readonly schema: TObject
  /** Whether it can be planned; else a profile of this kind is at fault for naming it. */
  readonly built: boolean
  /** Whether its target is many mailboxes, which several machines may share; others run in the first shard. */
  readonly sharded: boolean
  /** Every tenant that a profile names, and where. */
  tenants(profile: P): readonly TenantReference[]
  /** For reports: tenants (or files, hosts) the people come from, and the tenant they go to. */
  between(profile: P): { readonly from: readonly string[]; readonly to: string }
  /** What a schema cannot say. Called only for a profile that fits its schema. */
  check?(profile: P, context: CheckContext): void
}

export interface TenantReference {
  readonly tenant: string
  readonly path: Path
}

export interface CheckContext {
  /** Those of `tenants.yaml`. One that the profile names may be missing: that is reported already. */
  readonly tenants: ReadonlyMap<string, Tenant>
  /** The other profiles of the repository that fit their schemas, of whatever kind. */
  readonly others: readonly CommonProfile[]
  readonly report: Report
}
