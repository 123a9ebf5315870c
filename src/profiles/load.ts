/** From files to checked profiles: all faults of all files at once, each with its place. */
import path from 'node:path'
import { digestOf } from '../engine/digest.ts'
import { checkAgainst } from './check.ts'
import { sortFaults, type Fault, type FaultOptions, type Path } from './fault.ts'
import { DEFAULT_GLOBS, findFiles } from './files.ts'
import { fittingOf, namesOfPart, type Fitting, type Kinds } from './fitting.ts'
import type { KindName } from './kind.ts'
import { missingFiles, unknownProfiles, unknownTenant } from './missing.ts'
import { leavesRepository, type Grounds } from './named-files.ts'
import { checkNames } from './names.ts'
import { applyCheck, open, type Opened } from './opened.ts'
import type { CommonProfile } from './profile.ts'
import { TENANTS_FILE, tenantsOf, tenantsSchema, type Tenant, type TenantsFile } from './tenants.ts'

export interface LoadOptions {
  /** The folder that globs and files are relative to. */
  readonly root: string
  readonly globs?: readonly string[]
  readonly kinds: Kinds
  /** Names of profiles, or of files that stand for several; all of them when absent or empty. */
  readonly only?: readonly string[]
  /** Files outside the root are refused. Default: they are. */
  readonly confined?: boolean
}

export interface Loaded {
  /** Those that `only` selects and that are without fault, in the order of their files. Not to be run while there are faults. */
  readonly profiles: readonly LoadedProfile[]
  /** All that fit their kinds, with their defaults, whatever `only` selects. */
  readonly all: readonly CommonProfile[]
  readonly tenants: ReadonlyMap<string, Tenant>
  /** Where they stand, relative to the root, with forward slashes. */
  readonly tenantsFile: string
  /** Of all files, whatever `only` selects. */
  readonly faults: readonly Fault[]
  /** The names of all profiles and their former names, whatever `only` selects. */
  readonly names: ReadonlySet<string>
}

export interface LoadedProfile {
  /** Relative to the root, with forward slashes. */
  readonly file: string
  readonly kind: KindName
  /** With its defaults. */
  readonly profile: CommonProfile
  /** The profile with its defaults, and the tenants it names under `tenants`. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Of the settings; comments and layout do not count. */
  readonly digest: string
  /** A fault of this profile, at its place. */
  fault(path: Path, message: string, options?: FaultOptions): Fault
}

const checkTenants = checkAgainst(tenantsSchema)

export async function loadProfiles({
  root,
  globs = DEFAULT_GLOBS,
  kinds,
  only = [],
  confined = true,
}: LoadOptions): Promise<Loaded> {
  const found = await findFiles(root, globs, confined)
  const opened = found.files.map(open)
  const [tenantFiles, profileFiles] = partition(
    opened,
    ({ file }) => path.posix.basename(file) === TENANTS_FILE,
  )

  const candidates = profileFiles.filter(isProfile)
  const tenants = readTenants(tenantFiles)
  const fitting = candidates.flatMap((candidate) => fittingOf(candidate, kinds, tenants.known))
  const meshes = new Set(fitting.filter(({ mesh }) => mesh !== undefined).map(({ source }) => source))
  const names = checkNames([
    ...candidates.map((one) => ({ ...one, ...namesIn(one), several: meshes.has(one) })),
    ...fitting.flatMap(namesOfPart),
  ])
  for (const one of fitting) checkWhole(one, fitting, tenants, { root, confined })

  return {
    profiles: fitting
      .filter(({ source }) => source.faults.length === 0)
      .filter(
        ({ profile, mesh }) => only.length === 0 || only.includes(profile.name) || only.includes(mesh ?? ''),
      )
      .flatMap((one) => loaded(one, tenants.known) ?? []),
    all: fitting.map(({ profile }) => profile),
    tenants: tenants.known,
    tenantsFile: tenantFiles[0]?.file ?? TENANTS_FILE,
    faults: sortFaults([
      ...found.faults,
      ...opened.flatMap(({ faults }) => faults),
      ...missingFiles({ globs, profiles: profileFiles, tenants: tenantFiles }),
      ...unknownProfiles(only, namesOf(candidates, fitting), names),
    ]),
    names,
  }
}

/** @returns whether to go on with it: what is no profile at all has one fault, and no others. */
function isProfile({ data, faults, report }: Opened): boolean {
  if (faults.length > 0) return false
  if (typeof data === 'object' && data !== null && ('name' in data || 'kind' in data)) return true
  report(
    [],
    typeof data === 'object' && data !== null && 'tenants' in data
      ? `this file is not a profile; the one with the tenants is called ${TENANTS_FILE}`
      : `this file is neither ${TENANTS_FILE} nor a profile, which has a \`name\` and a \`kind\``,
  )
  return false
}

interface Tenants {
  readonly known: ReadonlyMap<string, Tenant>
  /** As they are written; `undefined` when nobody can tell, since the file cannot be read. */
  readonly names: readonly string[] | undefined
}

function readTenants([first, ...others]: readonly Opened[]): Tenants {
  for (const { report } of others) report([], `a second ${TENANTS_FILE}: the first is ${first!.file}`)
  if (!first || first.faults.length > 0) return { known: new Map(), names: undefined }
  const fits = applyCheck(checkTenants, first)
  const { tenants } = (first.data ?? {}) as { tenants?: unknown }
  const named = typeof tenants === 'object' && tenants !== null && !Array.isArray(tenants)
  return {
    known: fits ? tenantsOf(first.data as TenantsFile) : new Map(),
    names: named ? Object.keys(tenants) : undefined,
  }
}

function checkWhole(one: Fitting, all: readonly Fitting[], tenants: Tenants, grounds: Grounds): void {
  const { kind, profile, source, report } = one
  for (const { tenant, path: at } of kind.tenants(profile))
    if (tenants.names?.includes(tenant) === false) report(at, unknownTenant(tenant, tenants.names))
  kind.check?.(profile, {
    tenants: tenants.known,
    others: all.filter((other) => other !== one).map((other) => other.profile),
    report,
    leaves: (name) => leavesRepository(name, source.file, grounds),
  })
}

/** @returns `undefined` when a tenant it names is not known, which is a fault of `tenants.yaml` then. */
function loaded(
  { source, kind, profile, place }: Fitting,
  tenants: ReadonlyMap<string, Tenant>,
): LoadedProfile | undefined {
  const named: Record<string, Tenant> = {}
  for (const { tenant: name } of kind.tenants(profile)) {
    const tenant = tenants.get(name)
    if (!tenant) return undefined
    named[name] = tenant
  }
  const { file } = source
  const settings = { ...profile, tenants: named }
  const fault: LoadedProfile['fault'] = (at, message, options) => source.fault(place(at), message, options)
  return { file, kind: kind.name, profile, settings, digest: digestOf(settings), fault }
}

function namesIn({ data }: Opened): { name: unknown; formerly: unknown } {
  const { name, formerly } = data as { name?: unknown; formerly?: unknown }
  return { name, formerly }
}

function namesOf(candidates: readonly Opened[], fitting: readonly Fitting[]): string[] {
  const names = [...candidates.map((one) => namesIn(one).name), ...fitting.map(({ profile }) => profile.name)]
  return [...new Set(names.filter((name) => typeof name === 'string'))]
}

function partition<T>(all: readonly T[], chosen: (one: T) => boolean): [T[], T[]] {
  return [all.filter(chosen), all.filter((one) => !chosen(one))]
}
