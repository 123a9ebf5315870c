/** Expressions over a person, compiled and type-checked when the profile is read. */
import { nearest } from './nearest.ts'
import { parse, visit } from './language.ts'
import { isPersonField, PERSON_FIELDS, personLabel, type Person, type PersonField } from './person.ts'

export interface Expression {
  /** The fields of a person that it uses. */
  readonly reads: ReadonlySet<PersonField>
  /** What it gives, in CEL's words: `string`, `bool`, `list<string>`, … */
  readonly type: string
  /** @throws EvaluationError */
  evaluate(person: Person): unknown
}

/** An expression that cannot be compiled; `offset` is where, in its text, counted from 0. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** An expression that gives nothing for one person, as `substring` behind the end does. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError'
  readonly code = 'expression-failed'
  /** Names nobody, and nothing of them: a reason may quote what the expression was given. */
  readonly advice: string
  readonly expression: string
  readonly person: Person
  /** Where in the profile it stands, e.g. `['mapping', 'title']`, once that is known. */
  readonly path: readonly (string | number)[] | undefined
  constructor(expression: string, person: Person, cause: unknown, path?: readonly (string | number)[]) {
    super(
      `The expression \`${expression}\` failed for ${personLabel(person)} (${person.id}): ${said(cause)}`,
      { cause },
    )
    this.advice = `The expression \`${expression}\` failed for somebody; detail: full tells whom.`
    this.expression = expression
    this.person = person
    this.path = path
  }

  placed(path: readonly (string | number)[]): EvaluationError {
    return new EvaluationError(this.expression, this.person, this.cause, path)
  }
}

/** @throws ExpressionError */
export function compile(text: string): Expression {
  const { expression, type } = checked(text)
  const reads = new Set<PersonField>()
  visit(expression.ast, ({ op, args }) => {
    if (op === 'id' && typeof args === 'string' && isPersonField(args)) reads.add(args)
  })
  return {
    reads,
    type,
    evaluate(person) {
      try {
        return expression(person) as unknown
      } catch (error) {
        throw new EvaluationError(text, person, error)
      }
    },
  }
}

/**
 * An expression that says yes or no of a person: `where`.
 * @throws ExpressionError
 */
export function compileCondition(text: string): Expression {
  const expression = compile(text)
  if (expression.type === 'bool') return expression
  throw new ExpressionError(`a condition gives true or false, and this gives ${inWords(expression.type)}`, 0)
}

/** A CEL type for readers. */
export function inWords(type: string): string {
  if (type === 'string') return 'a text'
  if (type === 'bool') return 'true or false'
  if (type === 'int' || type === 'uint' || type === 'double') return 'a number'
  if (type === 'list<string>') return 'a list of texts'
  if (type.startsWith('list')) return 'a list'
  return type
}

function checked(text: string) {
  try {
    const expression = parse(text)
    const { error, type } = expression.check()
    if (error) throw error
    return { expression, type: type! }
  } catch (error) {
    const { range } = error as { range?: { start: number } }
    throw new ExpressionError(said(error), range?.start ?? 0)
  }
}

/** The library's message, without the picture of the place. */
function said(error: unknown): string {
  const { code, summary, message } = error as { code?: string; summary?: string; message: string }
  if (code === 'unknown_variable') return unknownField(summary!.replace('Unknown variable: ', ''))
  if (code === 'invalid_logical_operand')
    return `&& and || take true or false, and this gives ${inWords(/'(.*)'$/.exec(summary!)?.[1] ?? 'something else')}`
  if (summary?.startsWith('Unexpected token: EOF')) return 'the expression ends too early'
  return (summary ?? message)
    .replace('found no matching overload for', 'there is no function')
    .replace('no such overload:', 'these do not go together:')
}

function unknownField(name: string): string {
  const meant = nearest(name, PERSON_FIELDS)
  return meant === undefined
    ? `a person has no field \`${name}\``
    : `a person has no field \`${name}\`: did you mean \`${meant}\`?`
}
