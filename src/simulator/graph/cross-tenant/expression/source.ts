import type { Expression } from './parse.ts'

/** Microsoft Graph, "attributeMappingSource resource type". */
export interface MappingSource {
  readonly expression: string
  readonly name: string
  readonly type: 'Attribute' | 'Constant' | 'Function'
  readonly parameters: readonly { readonly key: string; readonly value: MappingSource }[]
}

/** An expression as the service keeps it: its own white space and letter case, and every argument named. */
export function sourceOf(expression: Expression): MappingSource {
  const text = written(expression)
  if (expression.kind === 'attribute')
    return { expression: text, name: expression.name, type: 'Attribute', parameters: [] }
  if (expression.kind === 'call') {
    const { to, args } = expression
    const parameters = args.map((each, index) => ({
      key: keyAt(to.parameters, index),
      value: sourceOf(each),
    }))
    return { expression: text, name: to.name, type: 'Function', parameters }
  }
  if (expression.kind === 'compare')
    return {
      expression: text,
      name: expression.by,
      type: 'Function',
      parameters: [
        { key: 'left', value: sourceOf(expression.left) },
        { key: 'right', value: sourceOf(expression.right) },
      ],
    }
  const name = expression.kind === 'constant' ? expression.text : ''
  return { expression: text, name, type: 'Constant', parameters: [] }
}

/** `source1`, `source2`, ... where a function takes more than it has names. */
function keyAt(names: readonly string[], index: number): string {
  return names[index] ?? `${names.at(-1)}${index}`
}

/** Without any white space between its parts. */
function written(expression: Expression): string {
  if (expression.kind === 'attribute') return `[${expression.name}]`
  if (expression.kind === 'constant') return `"${expression.text.replaceAll(/["\\]/g, '\\$&')}"`
  if (expression.kind === 'blank') return ''
  if (expression.kind === 'call') return `${expression.to.name}(${expression.args.map(written).join(',')})`
  return `${written(expression.left)}${expression.by}${written(expression.right)}`
}
