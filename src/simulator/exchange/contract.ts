/** The cmdlets' description: what a request is checked against. Names count without case, as in PowerShell. */
import contract from '../contract/exo-cmdlets.json' with { type: 'json' }

export interface CmdletFacts {
  readonly name: string
  /** Is it there in Exchange Online, or on premises alone? */
  readonly online: boolean
  /** Properties its `Filter` takes; in lower case. */
  readonly filterable: ReadonlySet<string>
  /** What each parameter set must be given, by its name. */
  readonly sets: ReadonlyMap<string, readonly string[]>
  /** By name and by alias, in lower case. */
  readonly parameters: ReadonlyMap<string, ParameterFacts>
}

export interface ParameterFacts {
  readonly name: string
  /** Exchange's own name of the type, e.g. `SwitchParameter`, `ProxyAddressCollection`. */
  readonly type: string
  readonly online?: boolean
  readonly aliases?: readonly string[]
  /** The parameter sets it belongs to; absent: all. */
  readonly sets?: readonly string[]
  /** Characters. */
  readonly max?: number
  /** The names of an enumeration. */
  readonly values?: readonly string[]
}

interface CutCmdlet {
  readonly online: boolean
  readonly filterable: readonly string[]
  readonly sets: Readonly<Record<string, readonly string[]>>
  readonly parameters: Readonly<Record<string, Omit<ParameterFacts, 'name'>>>
}

const CMDLETS: ReadonlyMap<string, CmdletFacts> = new Map(
  Object.entries(contract.cmdlets as Record<string, CutCmdlet>).map(([name, cut]) => [
    name.toLowerCase(),
    {
      name,
      online: cut.online,
      filterable: new Set(cut.filterable.map((property) => property.toLowerCase())),
      sets: new Map(Object.entries(cut.sets)),
      parameters: parametersOf(cut),
    },
  ]),
)

export function cmdletFacts(name: string): CmdletFacts | undefined {
  return CMDLETS.get(name.toLowerCase())
}

function parametersOf(cut: CutCmdlet): Map<string, ParameterFacts> {
  const parameters = new Map<string, ParameterFacts>()
  for (const [name, facts] of Object.entries(cut.parameters))
    for (const known of [name, ...(facts.aliases ?? [])])
      parameters.set(known.toLowerCase(), { name, ...facts })
  return parameters
}
