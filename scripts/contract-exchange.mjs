/**
 * Cuts the Exchange cmdlets' description (contract/exo-cmdlets.json) down to the facts the simulator
 * checks requests by: parameters with type, sets, lengths and values, and filterable properties.
 */

/**
 * What a page leaves out of a set and Microsoft itself uses there: "Cross-tenant mailbox migration" tests an
 * endpoint with `-Endpoint … -TestMailbox …`.
 */
const ALSO_IN = { 'Test-MigrationServerAvailability': { TestMailbox: ['TestEndpoint'] } }

/**
 * Cut by hand: what the description leaves out (Exchange PowerShell, Get-MailboxStatistics, its parameter set
 * "Identity" in Exchange Online).
 */
const BY_HAND = {
  'Get-MailboxStatistics': {
    online: true,
    filterable: [],
    sets: { Identity: ['Identity'] },
    parameters: {
      Identity: { type: 'GeneralMailboxOrMailUserIdParameter', sets: ['Identity'] },
      Archive: { type: 'SwitchParameter', sets: ['Identity'] },
      IncludeMoveHistory: { type: 'SwitchParameter' },
      IncludeMoveReport: { type: 'SwitchParameter' },
      IncludeSoftDeletedRecipients: { type: 'SwitchParameter', sets: ['Identity'] },
      UseCustomRouting: { type: 'SwitchParameter', sets: ['Identity'] },
    },
  },
}

/** Types whose listed values are an enumeration; for others the list names kinds of identifiers. */
const NOT_AN_ENUMERATION =
  /^(MultiValuedProperty|Boolean|SwitchParameter|String|Byte|DateTime|Int32|Unlimited|TimeSpan)|Parameter$/

/** @param {{ commit: string, source: string, license: string, cmdlets: Record<string, any> }} source */
export function cutExchange(source) {
  const { commit, license } = source
  return {
    source: { repository: source.source, commit, license },
    cmdlets: {
      ...Object.fromEntries(
        Object.entries(source.cmdlets).map(([name, cmdlet]) => [name, cutCmdlet(name, cmdlet)]),
      ),
      ...BY_HAND,
    },
  }
}

function cutCmdlet(name, cmdlet) {
  const { parameters } = cmdlet
  const sets = cmdlet.parameterSets
    .filter(({ mandatory }) => mandatory.every((parameter) => parameters[parameter]?.exchangeOnline))
    .map((set) => ({ ...set, name: setName(set.name) }))
  return {
    online: cmdlet.availableIn.includes('Exchange Online'),
    filterable: Object.keys(cmdlet.documentedFilterableProperties ?? {}),
    // Those of Exchange Online, with what each must be given.
    sets: Object.fromEntries(sets.map((set) => [set.name, set.mandatory])),
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([parameter, facts]) => [
        parameter,
        cutParameter(facts, setsOf(parameter, facts, sets, ALSO_IN[name]?.[parameter])),
      ]),
    ),
  }
}

/** A page says twice which sets a parameter is in, and does not always agree with itself: either counts. */
function setsOf(parameter, facts, sets, also = []) {
  if (facts.parameterSets.includes('(All)')) return undefined
  const named = new Set([...facts.parameterSets, ...also].map((name) => setName(name).toLowerCase()))
  return sets
    .filter(({ name, optional, mandatory }) => {
      return named.has(name.toLowerCase()) || optional.includes(parameter) || mandatory.includes(parameter)
    })
    .map(({ name }) => name)
}

function setName(name) {
  return name.replace(' (Default)', '')
}

function cutParameter(facts, sets) {
  const enumeration =
    facts.validValues?.every((value) => /^\w+$/.test(value)) && !NOT_AN_ENUMERATION.test(facts.type)
  return {
    type: facts.type,
    ...(!facts.exchangeOnline && { online: false }),
    ...(facts.aliases.length > 0 && { aliases: facts.aliases }),
    ...(sets && { sets }),
    ...(facts.documentedMax?.unit === 'characters' && { max: facts.documentedMax.value }),
    ...(enumeration && { values: facts.validValues }),
  }
}
