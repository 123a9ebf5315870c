/**
 * Cuts the Exchange cmdlets' description (contract/exo-cmdlets.json) down to the facts the simulator
 * checks requests by: parameters with type, sets, lengths and values, and filterable properties.
 */

/** Types whose listed values are an enumeration; for others the list names kinds of identifiers. */
const NOT_AN_ENUMERATION =
  /^(MultiValuedProperty|Boolean|SwitchParameter|String|Byte|DateTime|Int32|Unlimited|TimeSpan)|Parameter$/

/** @param {{ commit: string, source: string, license: string, cmdlets: Record<string, any> }} source */
export function cutExchange(source) {
  const { commit, license } = source
  return {
    source: { repository: source.source, commit, license },
    cmdlets: Object.fromEntries(
      Object.entries(source.cmdlets).map(([name, cmdlet]) => [
        name,
        {
          online: cmdlet.availableIn.includes('Exchange Online'),
          filterable: Object.keys(cmdlet.documentedFilterableProperties ?? {}),
          parameters: Object.fromEntries(
            Object.entries(cmdlet.parameters).map(([parameter, facts]) => [parameter, cutParameter(facts)]),
          ),
        },
      ]),
    ),
  }
}

function cutParameter(facts) {
  const everywhere = facts.parameterSets.includes('(All)')
  const enumeration =
    facts.validValues?.every((value) => /^\w+$/.test(value)) && !NOT_AN_ENUMERATION.test(facts.type)
  return {
    type: facts.type,
    ...(facts.required && { required: true }),
    ...(!facts.exchangeOnline && { online: false }),
    ...(facts.aliases.length > 0 && { aliases: facts.aliases }),
    ...(!everywhere && { sets: facts.parameterSets }),
    ...(facts.documentedMax?.unit === 'characters' && { max: facts.documentedMax.value }),
    ...(enumeration && { values: facts.validValues }),
  }
}
