/** How a profile of one kind is written and checked. A new kind implements this, and the engine's Kind. */
import type { TSchema } from '@sinclair/typebox'
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
  readonly schema: TSchema
  /** Whether its target is many mailboxes, which several machines may share; others run in the first shard. */
  readonly sharded: boolean
  /**
   * The profiles that a file stands for, where it may stand for several: each with its defaults, as a file of
   * its own would have it. `undefined` for one that stands for itself.
   */
  expand?(profile: CommonProfile, context: ExpandContext): readonly Expanded[] | undefined
  /** Every tenant that a profile names, and where. */
  tenants(profile: P): readonly TenantReference[]
  /** For reports: tenants (or files, hosts) the people come from, and the tenant they go to. */
  between(profile: P): { readonly from: readonly string[]; readonly to: string }
  /** What a schema cannot say. Called only for a profile that fits its schema. */
  check?(profile: P, context: CheckContext): void
  /** Other files that a profile is read with, relative to it. */
  files?(profile: P): readonly string[]
  /** What is wrong within the files that a profile names: asked for where nothing is read but the repository. */
  checkFiles?(profile: P, read: ReadFile): Promise<readonly FileFault[]>
}

/** One of several profiles that a file stands for. */
export interface Expanded {
  readonly profile: CommonProfile
  /** Where in the file stands what a path of this profile names. */
  place(path: Path): Path
}

export type ExpandContext = Pick<CheckContext, 'tenants' | 'report'>

/** Of a file that a profile names, relative to itself. @throws NamedFileError */
export type ReadFile = (name: string) => Promise<Buffer>

export interface FileFault {
  /** As one sentence without a full stop. */
  readonly message: string
  /** Where in the profile the file is named. */
  readonly path: Path
  /** Where in it the fault stands: the file as the profile names it, the line from 1. Absent for the file as a whole. */
  readonly within?: { readonly file: string; readonly line: number }
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
  /** Whether the way to a file that the profile names leads out of the repository. */
  leaves(name: string): boolean
}
