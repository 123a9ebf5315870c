/** The text of a mapping: literal, with expressions in `{{ }}`. */
import { compile, ExpressionError, inWords, type Expression } from './expression.ts'
import { isPersonField, type Person, type PersonField } from './person.ts'

export interface Template {
  readonly reads: ReadonlySet<PersonField>
  /**
   * A text that is one expression and nothing else keeps a list.
   * @throws EvaluationError
   */
  render(person: Person): string | readonly string[]
}

type Part = string | Expression

const ONE_FIELD = /^\{\{\s*(\w+)\s*\}\}$/
const TEXTS: ReadonlySet<string> = new Set(['string', 'bool', 'int', 'uint', 'double'])

/** @throws ExpressionError, with an offset in the whole text. */
export function compileTemplate(text: string): Template {
  const field = ONE_FIELD.exec(text)?.[1]
  if (field !== undefined && isPersonField(field)) return fieldTemplate(field)

  const parts = partsOf(text)
  const reads = new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : [...part.reads])))
  const [first] = parts
  if (parts.length === 1 && typeof first === 'object' && first.type.startsWith('list'))
    return { reads, render: (person) => first.evaluate(person) as string[] }
  return {
    reads,
    render(person) {
      let rendered = ''
      for (const part of parts) rendered += typeof part === 'string' ? part : String(part.evaluate(person))
      return rendered
    },
  }
}

/** The common case, without the cost of an expression. */
function fieldTemplate(field: PersonField): Template {
  return { reads: new Set([field]), render: (person) => person[field] }
}

function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{{', at)
    const literal = text.slice(at, open === -1 ? undefined : open)
    const stray = literal.indexOf('}}')
    if (stray !== -1) throw new ExpressionError('`}}` without `{{` before it', at + stray)
    if (literal !== '') parts.push(literal)
    if (open === -1) break
    const close = endOfExpression(text, open + 2)
    if (close === -1) throw new ExpressionError('`{{` without `}}` behind it', open)
    const alone = open === 0 && close + 2 === text.length
    parts.push(expressionAt(text.slice(open + 2, close), open + 2, alone))
    at = close + 2
  }
  return parts
}

function expressionAt(text: string, offset: number, alone: boolean): Expression {
  if (text.trim() === '') throw new ExpressionError('nothing stands between `{{` and `}}`', offset)
  let expression: Expression
  try {
    expression = compile(text)
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(error.message, offset + error.offset)
    throw error
  }
  const { type } = expression
  if (TEXTS.has(type) || (alone && (type === 'list<string>' || type === 'list<T>'))) return expression
  throw new ExpressionError(
    type.startsWith('list<string')
      ? 'a list within a text: join(list, ", ") makes it a text'
      : `an attribute is a text, and this gives ${inWords(type)}`,
    offset + text.length - text.trimStart().length,
  )
}

/** CEL's string literals (in which `}}` means nothing), and its braces. */
const TOKEN =
  /[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')|"""(?:\\[^]|[^])*?"""|'''(?:\\[^]|[^])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\}\}|[{}]/g

/** Where the `}}` stands that ends the expression which begins at `start`; -1 when none does. */
function endOfExpression(text: string, start: number): number {
  TOKEN.lastIndex = start
  let depth = 0
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    if (token[0] === '{') depth += 1
    else if (token[0] === '}') depth -= 1
    else if (token[0] === '}}') {
      if (depth <= 0) return token.index
      depth -= 1
      TOKEN.lastIndex = token.index + 1
    }
  }
  return -1
}
