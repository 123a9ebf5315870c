/** Binds a request's parameters to a cmdlet, or refuses them as PowerShell and Exchange do. */
import type { CmdletFacts, ParameterFacts } from './contract.ts'
import { ambiguousParameterSet, missingParameters } from './errors.ts'
import { boundValue, type Bound } from './values.ts'

/** Parameters under the names the contract gives them. `null` was sent as such: it clears. */
export type Parameters = ReadonlyMap<string, Bound>

/**
 * @throws ExchangeRefusal for a parameter that is unknown or not there in Exchange Online, for one that is
 * missing, for two of different sets, for a value of the wrong type, out of its enumeration, or too long.
 */
export function bind(cmdlet: CmdletFacts, sent: Readonly<Record<string, unknown>>): Parameters {
  const unknown: string[] = []
  const given: [ParameterFacts, unknown][] = []
  for (const [name, value] of Object.entries(sent)) {
    const facts = cmdlet.parameters.get(name.toLowerCase())
    if (!facts || facts.online === false) unknown.push(name)
    else given.push([facts, value])
  }
  if (unknown.length > 0) throw ambiguousParameterSet(unknown)
  const sets = setsWith(
    cmdlet,
    given.map(([facts]) => facts),
  )
  const bound = new Map(given.map(([facts, value]) => [facts.name, boundValue(facts, value)]))
  const missing = sets
    .map((mandatory) => mandatory.filter((name) => (bound.get(name) ?? null) === null))
    .reduce((fewest, other) => (other.length < fewest.length ? other : fewest))
  if (missing.length > 0) throw missingParameters(missing)
  return bound
}

/**
 * What must be given to each of the parameter sets that have all of these.
 * @throws ExchangeRefusal when there is no such set.
 */
function setsWith(cmdlet: CmdletFacts, given: readonly ParameterFacts[]): (readonly string[])[] {
  const found = [...cmdlet.sets].filter(([name]) => given.every(({ sets }) => !sets || sets.includes(name)))
  if (found.length === 0) throw ambiguousParameterSet([])
  return found.map(([, mandatory]) => mandatory)
}
