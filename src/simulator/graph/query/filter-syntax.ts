import { badRequest } from '../errors.ts'

export type Literal = string | number | boolean | null
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'

interface Junction<Kind> {
  readonly kind: Kind
  readonly left: Filter
  readonly right: Filter
}

/** One condition on one property. */
export type Term = Compare | Among | TextTest<'startsWith'> | TextTest<'endsWith'>

interface Compare {
  readonly kind: 'compare'
  readonly path: readonly string[]
  readonly by: Comparison
  readonly to: Literal
}

interface Among {
  readonly kind: 'in'
  readonly path: readonly string[]
  readonly values: readonly Literal[]
}

interface TextTest<Kind> {
  readonly kind: Kind
  readonly path: readonly string[]
  readonly text: string
}

/** A `$filter` as it was written. A path of no steps is the variable of an `any` itself. */
export type Filter =
  | Junction<'and'>
  | Junction<'or'>
  | Term
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'any'; readonly path: readonly string[]; readonly of: Filter | undefined }

const TOKEN =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<guid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?<date>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?)|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_$][\w$]*(?:\/[A-Za-z_$][\w$]*)*)|(?<sign>[(),:]))/iy

interface Token {
  readonly kind: 'text' | 'guid' | 'date' | 'number' | 'name' | 'sign' | 'end'
  readonly text: string
  readonly at: number
}

/**
 * Parses what Graph knows of OData's `$filter`: `eq ne gt ge lt le in`, `and or not`, `startsWith`,
 * `endsWith`, and `any` (Microsoft Graph, "Use the $filter query parameter").
 * @throws GraphRefused 400 with the position
 */
export function parseFilter(source: string): Filter {
  const tokens = tokenize(source)
  let next = 0
  let variables: string[] = []

  const peek = (): Token => tokens[next] ?? end(source)
  const take = (): Token => tokens[next++] ?? end(source)
  const fail = (token: Token) =>
    badRequest(`Invalid filter clause: Syntax error at position ${token.at} in '${source}'.`)
  const isWord = (token: Token, word: string) => token.kind === 'name' && token.text.toLowerCase() === word
  const expect = (sign: string) => {
    const token = take()
    if (token.text !== sign) throw fail(token)
  }

  function or(): Filter {
    let left = and()
    while (isWord(peek(), 'or')) {
      take()
      left = { kind: 'or', left, right: and() }
    }
    return left
  }

  function and(): Filter {
    let left = unary()
    while (isWord(peek(), 'and')) {
      take()
      left = { kind: 'and', left, right: unary() }
    }
    return left
  }

  function unary(): Filter {
    if (isWord(peek(), 'not')) {
      take()
      return { kind: 'not', of: unary() }
    }
    if (peek().text === '(') {
      take()
      const inner = or()
      expect(')')
      return inner
    }
    return term()
  }

  function term(): Filter {
    const token = take()
    if (token.kind !== 'name') throw fail(token)
    const name = token.text.toLowerCase()
    if ((name === 'startswith' || name === 'endswith') && peek().text === '(') {
      take()
      const path = pathOf(take())
      expect(',')
      const text = literal()
      expect(')')
      if (typeof text !== 'string') throw fail(token)
      return { kind: name === 'startswith' ? 'startsWith' : 'endsWith', path, text }
    }
    if (name.endsWith('/any') && peek().text === '(') return any(token)
    if (peek().text === '(') {
      throw badRequest(`Invalid filter clause: An unknown function with name '${token.text}' was found.`)
    }
    return comparison(token)
  }

  function any(token: Token): Filter {
    const path = pathOf({ ...token, text: token.text.slice(0, -'/any'.length) })
    expect('(')
    if (peek().text === ')') {
      take()
      return { kind: 'any', path, of: undefined }
    }
    const variable = take()
    expect(':')
    variables = [...variables, variable.text]
    const of = or()
    variables = variables.slice(0, -1)
    expect(')')
    return { kind: 'any', path, of }
  }

  function comparison(token: Token): Filter {
    const path = pathOf(token)
    const operator = take()
    if (isWord(operator, 'in')) {
      expect('(')
      const values = [literal()]
      while (peek().text === ',') {
        take()
        values.push(literal())
      }
      expect(')')
      return { kind: 'in', path, values }
    }
    const by = (['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const).find((each) => isWord(operator, each))
    if (!by) throw fail(operator)
    return { kind: 'compare', path, by, to: literal() }
  }

  function literal(): Literal {
    const token = take()
    if (token.kind === 'text') return token.text.slice(1, -1).replaceAll("''", "'")
    if (token.kind === 'guid' || token.kind === 'date') return token.text
    if (token.kind === 'number') return Number(token.text)
    if (isWord(token, 'true')) return true
    if (isWord(token, 'false')) return false
    if (isWord(token, 'null')) return null
    throw fail(token)
  }

  function pathOf(token: Token): string[] {
    if (token.kind !== 'name') throw fail(token)
    const steps = token.text.split('/')
    return variables.at(-1) === steps[0] ? steps.slice(1) : steps
  }

  const filter = or()
  if (peek().kind !== 'end') throw fail(peek())
  return filter
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(TOKEN)
  while (source.slice(pattern.lastIndex).trim() !== '') {
    const at = pattern.lastIndex
    const found = pattern.exec(source)
    if (!found) throw badRequest(`Invalid filter clause: Syntax error at position ${at} in '${source}'.`)
    const [kind, text] = Object.entries(found.groups ?? {}).find(([, value]) => value !== undefined) ?? [
      'end',
      '',
    ]
    tokens.push({ kind: kind as Token['kind'], text, at: at + found[0].length - text.length })
  }
  return tokens
}

function end(source: string): Token {
  return { kind: 'end', text: '', at: source.length }
}
