import { truth } from './functions.ts'
import type { Value } from './functions.ts'
import type { Expression, Operator } from './parse.ts'

/**
 * What an expression gives for an object.
 * @param read an attribute of the object, `undefined` when it is null
 */
export function evaluate(expression: Expression, read: (attribute: string) => Value): Value {
  if (expression.kind === 'attribute') return read(expression.name)
  if (expression.kind === 'constant') return expression.text
  if (expression.kind === 'blank') return undefined
  if (expression.kind === 'call')
    return expression.to.apply(expression.args.map((each) => evaluate(each, read)))
  const [left, right] = [expression.left, expression.right].map((each) => String(evaluate(each, read) ?? ''))
  return truth(compare(left ?? '', expression.by, right ?? ''))
}

/** As numbers where both are, else as texts, without case. */
function compare(left: string, by: Operator, right: string): boolean {
  const isNumeric = left !== '' && right !== '' && !Number.isNaN(Number(left)) && !Number.isNaN(Number(right))
  const [a, b] = isNumeric ? [Number(left), Number(right)] : [left.toLowerCase(), right.toLowerCase()]
  if (by === '=') return a === b
  if (by === '<>') return a !== b
  if (by === '<') return a < b
  if (by === '<=') return a <= b
  return by === '>' ? a > b : a >= b
}
