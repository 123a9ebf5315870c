/** Expressions of any shape that parse, as trees and as people might write them. */
import fc from 'fast-check'
import { COMPARISONS, quoted, written, type Expression } from '../expression.ts'
import { functionNamed } from '../functions.ts'

/** Functions, and how many arguments they are given. */
const CALLS: readonly (readonly [string, number])[] = [
  ['Append', 2],
  ['Coalesce', 3],
  ['IIF', 3],
  ['Join', 4],
  ['Mid', 3],
  ['Not', 1],
  ['Switch', 4],
  ['Switch', 6],
  ['ToLower', 2],
]

const attribute = fc.constantFrom('displayName', 'mail', 'country', 'extensionAttribute1')

export const anyText = fc.string({ unit: 'grapheme', maxLength: 12 })

const leaf = fc.oneof<fc.Arbitrary<Expression>[]>(
  attribute.map((name) => ({ kind: 'attribute', name })),
  anyText.map((text) => ({ kind: 'text', text })),
  fc.integer().map((number) => ({ kind: 'number', text: String(number) })),
)

export const { tree } = fc.letrec<{ tree: Expression; operand: Expression; call: Expression }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('operand'),
    fc
      .tuple(tie('operand'), fc.constantFrom(...COMPARISONS), tie('operand'))
      .map(([left, by, right]): Expression => ({ kind: 'comparison', left, by, right })),
  ),
  operand: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('call')),
  call: fc.constantFrom(...CALLS).chain(([name, count]) => {
    const blank = fc.constant<Expression>({ kind: 'blank' })
    // One argument that is blank is none at all.
    const argument = count === 1 ? tie('tree') : fc.oneof({ weight: 4, arbitrary: tie('tree') }, blank)
    return fc
      .array(argument, { minLength: count, maxLength: count })
      .map((args): Expression => ({ kind: 'call', function: functionNamed(name)!, args }))
  }),
}))

/** A tree, and one of the many ways to write it. */
export const writing = tree.chain((expression) =>
  fc
    .infiniteStream(fc.tuple(fc.constantFrom('', ' ', '\n\t  '), fc.boolean()))
    .map((stream) => ({ expression, text: sloppy(expression, stream) })),
)

function sloppy(expression: Expression, stream: fc.Stream<[string, boolean]>): string {
  const draw = () => stream.next().value as [string, boolean]
  const cased = (name: string, [, loud]: [string, boolean]) =>
    loud ? name.toUpperCase() : name.toLowerCase()
  const write = (each: Expression): string => {
    const [space] = draw()
    const padded = (text: string) => `${space}${text}${space}`
    if (each.kind === 'call')
      return padded(`${cased(each.function.name, draw())}${space}(${each.args.map(write).join(',')})`)
    if (each.kind === 'comparison') return `${write(each.left)}${each.by}${write(each.right)}`
    if (each.kind === 'attribute') return padded(`[${cased(each.name, draw())}]`)
    if (each.kind === 'number') return padded(draw()[1] ? each.text : quoted(each.text))
    return padded(written(each))
  }
  return write(expression)
}
