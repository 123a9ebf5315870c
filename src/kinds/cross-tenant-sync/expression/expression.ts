/** What an expression is made of, once it is read. */
import type { FunctionSignature } from './functions.ts'

export const COMPARISONS = ['<>', '<=', '>=', '=', '<', '>'] as const
export type Comparison = (typeof COMPARISONS)[number]

export type Expression =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  /** As it is written: `8`, `-1.5`, `&HF7`. */
  | { readonly kind: 'number'; readonly text: string }
  /** One of the words that functions take, such as `vbBinaryCompare`. */
  | { readonly kind: 'word'; readonly text: string }
  /** An argument that was left out. */
  | { readonly kind: 'blank' }
  | { readonly kind: 'call'; readonly function: FunctionSignature; readonly args: readonly Expression[] }
  | {
      readonly kind: 'comparison'
      readonly left: Expression
      readonly by: Comparison
      readonly right: Expression
    }

/** An expression that does not parse. The message is a sentence without a full stop. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  /** Where in the expression, from 1, in UTF-16 units. */
  readonly column: number
  constructor(message: string, column: number) {
    super(message)
    this.column = column
  }
}

/** The attributes of the source that an expression reads, in its order, each as often as it stands there. */
export function attributesOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'attribute':
      return [expression.name]
    case 'call':
      return expression.args.flatMap(attributesOf)
    case 'comparison':
      return [...attributesOf(expression.left), ...attributesOf(expression.right)]
    default:
      return []
  }
}

/**
 * The expression as the provisioning service writes it: `Replace([mail], "@", , , "", , )`. What is written
 * parses to the same tree again.
 */
export function written(expression: Expression): string {
  switch (expression.kind) {
    case 'attribute':
      return `[${expression.name}]`
    case 'text':
      return quoted(expression.text)
    case 'number':
    case 'word':
      return expression.text
    case 'blank':
      return ''
    case 'call':
      return `${expression.function.name}(${expression.args.map(written).join(', ')})`
    case 'comparison':
      return `${written(expression.left)} ${expression.by} ${written(expression.right)}`
  }
}

/** A text as it stands in an expression. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}
