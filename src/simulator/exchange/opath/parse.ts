/**
 * OPATH, the language of `Filter` (Exchange PowerShell, "Recipient filters in Exchange PowerShell commands"):
 * `(Name -like 'A*') -and -not (City -eq $null)`. A quote in a text is doubled.
 */
import { badValue } from '../errors.ts'

const COMPARISONS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'like', 'notlike'] as const
export type Comparison = (typeof COMPARISONS)[number]

export type Expression =
  | { readonly and: readonly Expression[] }
  | { readonly or: readonly Expression[] }
  | { readonly not: Expression }
  | { readonly property: string; readonly compare: Comparison; readonly value: string | boolean | null }

interface Token {
  readonly kind: 'open' | 'close' | 'operator' | 'text' | 'variable' | 'word'
  readonly text: string
  /** From 1. */
  readonly at: number
}

const TOKENS =
  /\s*(?:(?<open>[({])|(?<close>[)}])|-(?<operator>[A-Za-z]+)|'(?<single>(?:[^']|'')*)'|"(?<double>(?:[^"]|"")*)"|\$(?<variable>[A-Za-z]+)|(?<word>[\w.:@+-]+))/y

/** Deeper than anybody writes; a filter is no reason to exhaust the stack. */
const DEEPEST = 100

/** @throws ExchangeRefusal for what is no filter. */
export function parseFilter(filter: string): Expression {
  const tokens = tokensOf(filter)
  let next = 0
  let depth = 0

  const wrong = (): Error => invalid(filter, tokens[next]?.at ?? filter.length + 1)
  const isOperator = (name: string): boolean =>
    tokens[next]?.kind === 'operator' && tokens[next]!.text.toLowerCase() === name

  function either(): Expression {
    const parts = [both()]
    while (isOperator('or')) {
      next += 1
      parts.push(both())
    }
    return parts.length === 1 ? parts[0]! : { or: parts }
  }

  function both(): Expression {
    const parts = [single()]
    while (isOperator('and')) {
      next += 1
      parts.push(single())
    }
    return parts.length === 1 ? parts[0]! : { and: parts }
  }

  function single(): Expression {
    if (++depth > DEEPEST) throw wrong()
    try {
      if (isOperator('not')) {
        next += 1
        return { not: single() }
      }
      if (tokens[next]?.kind !== 'open') return comparison()
      next += 1
      const inside = either()
      if (tokens[next]?.kind !== 'close') throw wrong()
      next += 1
      return inside
    } finally {
      depth -= 1
    }
  }

  function comparison(): Expression {
    const property = tokens[next]
    if (property?.kind !== 'word') throw wrong()
    next += 1
    const compare = COMPARISONS.find((name) => isOperator(name))
    if (compare === undefined) throw wrong()
    next += 1
    const value = valueOf(tokens[next])
    if (value === undefined) throw wrong()
    // In Exchange Online a wildcard may stand at the end alone.
    if (compare.endsWith('like') && (typeof value !== 'string' || value.slice(0, -1).includes('*')))
      throw wrong()
    next += 1
    return { property: property.text, compare, value }
  }

  const expression = either()
  if (next < tokens.length) throw wrong()
  return expression
}

function tokensOf(filter: string): Token[] {
  const tokens: Token[] = []
  TOKENS.lastIndex = 0
  const end = filter.trimEnd().length
  while (TOKENS.lastIndex < end) {
    const start = TOKENS.lastIndex
    const match = TOKENS.exec(filter)
    if (!match) throw invalid(filter, start + 1)
    const at = start + match[0].search(/\S/) + 1
    const { open, close, operator, single, double, variable, word } = match.groups!
    if (open !== undefined) tokens.push({ kind: 'open', text: open, at })
    else if (close !== undefined) tokens.push({ kind: 'close', text: close, at })
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator, at })
    else if (single !== undefined) tokens.push({ kind: 'text', text: single.replaceAll("''", "'"), at })
    else if (double !== undefined) tokens.push({ kind: 'text', text: double.replaceAll('""', '"'), at })
    else if (variable !== undefined) tokens.push({ kind: 'variable', text: variable, at })
    else tokens.push({ kind: 'word', text: word!, at })
  }
  return tokens
}

/** Texts stand in quotes; only whole numbers may go without. */
function valueOf(token: Token | undefined): string | boolean | null | undefined {
  if (token?.kind === 'text') return token.text
  if (token?.kind === 'word') return /^\d+$/.test(token.text) ? token.text : undefined
  if (token?.kind !== 'variable') return undefined
  switch (token.text.toLowerCase()) {
    case 'true':
      return true
    case 'false':
      return false
    case 'null':
      return null
    default:
      return undefined
  }
}

function invalid(filter: string, at: number): Error {
  return badValue(
    'Filter',
    `Invalid filter syntax. For a description of the filter parameter syntax see the command help.\r\n"${filter}" at position ${at}.`,
  )
}
