/**
 * Several tenants in one file: each tenant's people become mail contacts in every other one. Each pair is
 * a profile of its own, in plan, limits and marks, called `<name>-<from>-to-<to>`.
 */
import { Type, type Static } from '@sinclair/typebox'
import { checkAgainst } from '../../profiles/check.ts'
import type { Path, Report } from '../../profiles/fault.ts'
import type { ExpandContext, Expanded } from '../../profiles/kind.ts'
import { NAME } from '../../profiles/profile.ts'
import { either, keys, text } from '../../profiles/shapes.ts'
import type { Tenant } from '../../profiles/tenants.ts'
import { entraKeys } from '../../sources/schema.ts'
import { pairSchema, standingKeys, type MailContactsProfile } from './schema.ts'

const tenants = Type.Array(text(), {
  minItems: 2,
  uniqueItems: true,
  description: 'Tenants of tenants.yaml, each with its domains.',
  errorMessage: 'at least two tenants, each once',
})

const settings = keys(
  {
    tenants,
    from: Type.Optional(keys(entraKeys, { description: "How each tenant's people are read." })),
    to: Type.Optional(keys(standingKeys, { description: 'How their contacts stand in the other tenants.' })),
  },
  { description: 'Tenants, and what holds for each of them.' },
)

/** The key that stands in place of `from` and `to`. */
export const between = either('object', settings, tenants, {
  description:
    "Each tenant's people become mail contacts in every other one: a list of tenants, or { tenants, from, to }.",
  errorMessage: 'a list of two tenants or more, each once, or { tenants, from, to }',
})

export interface Mesh extends Omit<MailContactsProfile, 'from' | 'to'> {
  readonly between: Static<typeof between>
}

/** What all pairs have in common. */
type Common = Omit<Mesh, 'between'>

const checkPair = checkAgainst(pairSchema)

/** @returns a profile for each pair, in the order of the tenants; none where a tenant is at fault, which is reported. */
export function pairsOf({ between, ...mesh }: Mesh, context: ExpandContext): Expanded[] {
  const isShort = Array.isArray(between)
  const { tenants: names, ...how } = isShort ? { tenants: between } : between
  const at = (index: number): Path => (isShort ? ['between', index] : ['between', 'tenants', index])
  if (!areFit(names, at, mesh, context)) return []
  return names.flatMap((from, source) =>
    names.flatMap((to, target) => {
      if (source === target) return []
      const place = (path: Path) => placeOf(path, at(source), at(target))
      return [{ profile: pairOf(mesh, from, to, how), place }]
    }),
  )
}

function pairOf(
  mesh: Common,
  from: string,
  to: string,
  how: { readonly from?: object; readonly to?: object },
): MailContactsProfile {
  const named = (name: string) => pairName(name, from, to)
  const { formerly } = mesh
  const pair = {
    ...structuredClone(mesh),
    name: named(mesh.name),
    // A mesh that was renamed, and a profile of one pair that became a mesh.
    ...(formerly && {
      formerly: formerly.flatMap((name) => (name === mesh.name ? [name] : [name, named(name)])),
    }),
    from: [{ entra: from, ...structuredClone(how.from) }],
    to: { tenant: to, ...structuredClone(how.to) },
  }
  checkPair(pair)
  return pair as MailContactsProfile
}

function pairName(mesh: string, from: string, to: string): string {
  return `${mesh}-${from}-to-${to}`
}

function areFit(
  names: readonly string[],
  at: (index: number) => Path,
  { name }: Common,
  { tenants: known, report }: ExpandContext,
): boolean {
  let fit = true
  const fault = (...[path, message]: Parameters<Report>) => {
    fit = false
    report(path, message)
  }
  const holders = new Map<string, string>()
  for (const [index, tenant] of names.entries()) {
    const domains = known.get(tenant)?.domains ?? []
    if (known.has(tenant) && domains.length === 0)
      fault(
        at(index),
        `\`${tenant}\` has no \`domains\` in tenants.yaml: the contacts of its people are known by them`,
      )
    for (const domain of domains) {
      const holder = holders.get(domain)
      if (holder !== undefined && !isOneTenant(known.get(holder), known.get(tenant)))
        fault(
          at(index),
          `\`${tenant}\` and \`${holder}\` both have the domain ${domain} in tenants.yaml: its contacts would be both pairs' own`,
        )
      else holders.set(domain, tenant)
    }
  }
  const longest = names.toSorted((left, right) => right.length - left.length)
  const pair = pairName(name, longest[0]!, longest[1]!)
  if (!new RegExp(NAME.pattern).test(pair))
    fault(
      ['name'],
      `\`${pair}\`, the name of a pair, has ${pair.length} characters: expected ${NAME.errorMessage}`,
    )
  return fit
}

/** Two names of one tenant are told of where the pair is checked. */
function isOneTenant(one: Tenant | undefined, other: Tenant | undefined): boolean {
  return one?.tenantId.toLowerCase() === other?.tenantId.toLowerCase()
}

/** Where in the mesh stands what a path of a pair names. */
function placeOf([key, ...rest]: Path, source: Path, target: Path): Path {
  if (key === 'from')
    return rest[1] === 'entra' || rest.length < 2 ? source : ['between', 'from', ...rest.slice(1)]
  if (key === 'to') return rest[0] === 'tenant' || rest.length < 1 ? target : ['between', 'to', ...rest]
  return key === undefined ? [] : [key, ...rest]
}
