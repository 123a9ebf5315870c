import { functionNamed } from './functions.ts'
import type { FunctionFacts } from './functions.ts'

export type Operator = '=' | '<>' | '<' | '<=' | '>' | '>='

/** An attribute mapping's expression, read. An argument that was left out is `blank`. */
export type Expression =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'blank' }
  | { readonly kind: 'compare'; readonly left: Expression; readonly by: Operator; readonly right: Expression }
  | { readonly kind: 'call'; readonly to: FunctionFacts; readonly args: readonly Expression[] }

/** An expression that does not parse. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
}

const TOKEN =
  /\s*(?:"(?<text>(?:[^"\\]|\\.)*)"|\[(?<attribute>[A-Za-z][\w.:-]*)\]|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z]\w*)|(?<sign><>|<=|>=|[=<>(),]))/y

interface Token {
  readonly kind: 'text' | 'attribute' | 'number' | 'name' | 'sign' | 'end'
  readonly text: string
}

const END: Token = { kind: 'end', text: '' }
const OPERATORS: readonly string[] = ['=', '<>', '<', '<=', '>', '>=']

/**
 * Parses an expression ("Reference for writing expressions for attribute mappings in Microsoft Entra
 * Application Provisioning"): attributes in brackets, texts in quotes, nested functions.
 * @throws ExpressionError also for functions that are not known, and when their arguments are too few or many
 */
export function parseExpression(source: string): Expression {
  const tokens = tokenize(source)
  let next = 0
  const peek = () => tokens[next] ?? END
  const take = () => tokens[next++] ?? END
  const isSign = (text: string) => peek().kind === 'sign' && peek().text === text

  function comparison(): Expression {
    const left = primary()
    const operator = OPERATORS.find(isSign)
    if (operator === undefined) return left
    take()
    return { kind: 'compare', left, by: operator as Operator, right: primary() }
  }

  function primary(): Expression {
    const token = take()
    if (token.kind === 'text') return { kind: 'constant', text: token.text.replaceAll(/\\(["\\])/g, '$1') }
    if (token.kind === 'number') return { kind: 'constant', text: token.text }
    if (token.kind === 'attribute') return { kind: 'attribute', name: token.text }
    if (token.kind !== 'name') throw new ExpressionError(`Unexpected '${token.text}' in '${source}'.`)
    return call(token.text)
  }

  function call(name: string): Expression {
    const to = functionNamed(name)
    if (!to) throw new ExpressionError(`Unknown function '${name}' in '${source}'.`)
    expect('(')
    const args = isSign(')') ? [] : [argument()]
    while (isSign(',')) {
      take()
      args.push(argument())
    }
    expect(')')
    if (args.length < to.least || args.length > to.most) {
      throw new ExpressionError(`Function '${to.name}' does not take ${args.length} parameters.`)
    }
    const pattern = to.pattern === undefined ? undefined : args[to.pattern]
    if (pattern?.kind === 'constant' && !isPattern(pattern.text)) {
      throw new ExpressionError(`'${pattern.text}' is not a regular expression.`)
    }
    return { kind: 'call', to, args }
  }

  function argument(): Expression {
    return isSign(',') || isSign(')') ? { kind: 'blank' } : comparison()
  }

  function expect(sign: string): void {
    if (!isSign(sign)) throw new ExpressionError(`Expected '${sign}' in '${source}'.`)
    take()
  }

  const expression = comparison()
  if (peek() !== END) throw new ExpressionError(`Unexpected '${peek().text}' in '${source}'.`)
  return expression
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(TOKEN)
  while (source.slice(pattern.lastIndex).trim() !== '') {
    const found = pattern.exec(source)
    const entry = Object.entries(found?.groups ?? {}).find(([, text]) => text !== undefined)
    if (!entry) throw new ExpressionError(`'${source}' is not an expression.`)
    tokens.push({ kind: entry[0] as Token['kind'], text: entry[1] as string })
  }
  return tokens
}

export function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text))
  } catch {
    return false
  }
}

/** The attributes an expression reads. */
export function attributesOf(expression: Expression): string[] {
  if (expression.kind === 'attribute') return [expression.name]
  if (expression.kind === 'compare')
    return [expression.left, expression.right].flatMap((each) => attributesOf(each))
  return expression.kind === 'call' ? expression.args.flatMap((each) => attributesOf(each)) : []
}
