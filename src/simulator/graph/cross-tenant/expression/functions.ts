/** What an expression gives: `undefined` is null. Numbers and booleans are texts: `3`, `True`. */
export type Value = string | readonly string[] | undefined

/** A function of the expression language. */
export interface FunctionFacts {
  /** As Microsoft writes it. */
  readonly name: string
  /** The names of its parameters; the last ones repeat where it takes more. */
  readonly parameters: readonly string[]
  /** How many arguments it takes. */
  readonly least: number
  readonly most: number
  /** Which argument is a regular expression. */
  readonly pattern?: number
  readonly apply: (args: readonly Value[]) => Value
}

const REPLACE_PARAMETERS = [
  'source',
  'oldValue',
  'regexPattern',
  'regexGroupName',
  'replacementValue',
  'replacementAttributeName',
  'template',
]

const FUNCTIONS: readonly FunctionFacts[] = [
  fixed('Append', ['source', 'suffix'], ([source, suffix]) =>
    source === undefined ? undefined : text(source) + text(suffix),
  ),
  {
    ...fixed('Coalesce', ['source'], (args) => args.find((each) => text(each) !== '')),
    most: Infinity,
  },
  fixed('IIF', ['condition', 'valueIfTrue', 'valueIfFalse'], ([condition, yes, no]) =>
    text(condition) === 'True' ? yes : no,
  ),
  fixed('IsNullOrEmpty', ['expression'], ([value]) => truth(text(value) === '')),
  {
    ...fixed('Join', ['separator', 'source'], ([separator, ...sources]) =>
      sources
        .flatMap((each) => each ?? [])
        .filter((each) => each !== '')
        .join(text(separator)),
    ),
    most: Infinity,
  },
  fixed('Left', ['source', 'count'], ([source, count]) => mapped(source, (s) => s.slice(0, whole(count)))),
  fixed('Mid', ['source', 'start', 'length'], ([source, start, length]) =>
    // Counted from 1.
    mapped(source, (s) => s.slice(whole(start) - 1, whole(start) - 1 + whole(length))),
  ),
  fixed('Not', ['source'], ([source]) => truth(text(source) !== 'True')),
  { ...fixed('Replace', REPLACE_PARAMETERS, replace), least: 2, pattern: 2 },
  fixed('Right', ['source', 'count'], ([source, count]) =>
    mapped(source, (s) => s.slice(Math.max(0, s.length - whole(count)))),
  ),
  fixed('SingleAppRoleAssignment', ['appRoleAssignments'], ([roles]) =>
    typeof roles === 'string' ? roles : roles?.[0],
  ),
  { ...fixed('Switch', ['source', 'defaultValue', 'key', 'value'], choose), most: Infinity },
  { ...fixed('ToLower', ['source', 'culture'], ([s]) => mapped(s, (each) => each.toLowerCase())), least: 1 },
  { ...fixed('ToUpper', ['source', 'culture'], ([s]) => mapped(s, (each) => each.toUpperCase())), least: 1 },
  fixed('Trim', ['source'], ([source]) => mapped(source, (each) => each.trim())),
]

const BY_NAME = new Map(FUNCTIONS.map((each) => [each.name.toLowerCase(), each]))

/** Names are found without case. */
export function functionNamed(name: string): FunctionFacts | undefined {
  return BY_NAME.get(name.toLowerCase())
}

/** `True`, `False`: how provisioning writes them. */
export function truth(value: boolean): string {
  return value ? 'True' : 'False'
}

function fixed(name: string, parameters: readonly string[], apply: FunctionFacts['apply']): FunctionFacts {
  return { name, parameters, least: parameters.length, most: parameters.length, apply }
}

/** `oldValue`, else what `regexPattern` finds, becomes `replacementValue` everywhere. */
function replace([source, oldValue, pattern, , replacement, replacementAttribute]: readonly Value[]): Value {
  const by = text(replacement ?? replacementAttribute)
  return mapped(source, (each) => {
    if (text(oldValue) !== '') return each.replaceAll(text(oldValue), () => by)
    return text(pattern) === '' ? each : each.replaceAll(new RegExp(text(pattern), 'g'), () => by)
  })
}

/** The value beside the first key that the source is, else the default. */
function choose([source, fallback, ...pairs]: readonly Value[]): Value {
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    if (text(pairs[index]) === text(source)) return pairs[index + 1]
  }
  return fallback
}

function mapped(value: Value, map: (text: string) => string): Value {
  return value === undefined ? undefined : map(text(value))
}

/** A list counts as its first entry. */
function text(value: Value): string {
  return (typeof value === 'string' ? value : value?.[0]) ?? ''
}

function whole(value: Value): number {
  return Math.trunc(Number(text(value))) || 0
}
