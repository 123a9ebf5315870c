import { written, type Expression } from './expression.ts'
import { parameterAt } from './functions.ts'

/** Microsoft Graph, "attributeMappingSource resource type": as it is sent. */
export interface WrittenSource {
  readonly expression: string
  readonly name: string
  readonly type: 'Attribute' | 'Constant' | 'Function'
  readonly parameters: readonly { readonly key: string; readonly value: WrittenSource }[]
}

/** Every argument is named, those that are blank too. */
export function sourceOf(expression: Expression): WrittenSource {
  const text = written(expression)
  switch (expression.kind) {
    case 'attribute':
      return { expression: text, name: expression.name, type: 'Attribute', parameters: [] }
    case 'call': {
      const parameters = expression.args.map((value, index) => ({
        key: parameterAt(expression.function, index),
        value: sourceOf(value),
      }))
      return { expression: text, name: expression.function.name, type: 'Function', parameters }
    }
    case 'comparison': {
      const parameters = (['left', 'right'] as const).map((key) => ({
        key,
        value: sourceOf(expression[key]),
      }))
      return { expression: text, name: expression.by, type: 'Function', parameters }
    }
    case 'blank':
      return { expression: text, name: '', type: 'Constant', parameters: [] }
    default:
      return { expression: text, name: expression.text, type: 'Constant', parameters: [] }
  }
}
