/** Profiles that fit their kinds' schemas: one of a file, or as many as it stands for. */
import { Type } from '@sinclair/typebox'
import { applyCheck, type Opened } from './opened.ts'
import { checkAgainst, type Check } from './check.ts'
import type { Path, Report } from './fault.ts'
import { KIND_NAMES, type ExpandContext, type KindName, type ProfileKind } from './kind.ts'
import type { Named } from './names.ts'
import { commonKeys, type CommonProfile } from './profile.ts'
import { choice } from './shapes.ts'

export type Kinds = Readonly<Record<KindName, ProfileKind>>

export interface Fitting {
  readonly source: Opened
  readonly kind: ProfileKind
  readonly profile: CommonProfile
  /** What the file is called that stands for this profile and others. */
  readonly mesh?: string
  /** Where in the file stands what a path of the profile names. */
  place(path: Path): Path
  readonly report: Report
}

/** What can be said of a profile whose kind is not known. */
const checkHead = checkAgainst(Type.Object({ name: commonKeys.name, kind: choice(KIND_NAMES) }))

/** A schema is compiled once, however often profiles are loaded. */
const checks = new WeakMap<ProfileKind, Check>()

function checkOf(kind: ProfileKind): Check {
  const check = checks.get(kind) ?? checkAgainst(kind.schema)
  checks.set(kind, check)
  return check
}

/** @returns none for a file at fault, which is reported. */
export function fittingOf(
  source: Opened,
  kinds: Kinds,
  tenants: ExpandContext['tenants'],
): readonly Fitting[] {
  const name = (source.data as { kind?: KindName }).kind
  const kind = name !== undefined && KIND_NAMES.includes(name) ? kinds[name] : undefined
  if (!kind) {
    applyCheck(checkHead, source)
    return []
  }
  if (!applyCheck(checkOf(kind), source)) return []
  const profile = source.data as CommonProfile
  const several = kind.expand?.(profile, { tenants, report: source.report })
  if (!several) return [{ source, kind, profile, place: (path) => path, report: source.report }]
  return several.map((one) => ({
    source,
    kind,
    profile: one.profile,
    mesh: profile.name,
    place: (path) => one.place(path),
    report: (path, message, options) => source.report(one.place(path), message, options),
  }))
}

/** The name of one of several is its own, and so are the former names that the file does not bear as a whole. */
export function namesOfPart({ source: { file, data, report }, profile, mesh }: Fitting): Named[] {
  if (mesh === undefined) return []
  const { formerly: shared = [] } = data as CommonProfile
  const formerly = profile.formerly?.filter((name) => !shared.includes(name))
  return [{ file, name: profile.name, formerly, report }]
}
