/** Whether two expressions are the same to the provisioning service, however they are written. */
import { ExpressionError, written, type Expression } from './expression.ts'
import { parseExpression } from './parse.ts'

/**
 * One text for all expressions that parse to the same tree: white space, the case of functions' and
 * attributes' names, and the ways to write a text or a number do not count. What does not parse counts as itself.
 */
export function meaningOf(text: string): string {
  const expression = parsed(text)
  return expression ? written(canonical(expression)) : text
}

/** For people to read: in the service's own way of writing; what does not parse, as it is. */
export function readable(text: string): string {
  const expression = parsed(text)
  return expression ? written(expression) : text
}

/** The value, when an expression is a text or a number and nothing else. */
export function constantIn(text: string): string | undefined {
  const expression = parsed(text)
  return expression?.kind === 'text' || expression?.kind === 'number' ? expression.text : undefined
}

function parsed(text: string): Expression | undefined {
  try {
    return parseExpression(text)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return undefined
  }
}

function canonical(expression: Expression): Expression {
  switch (expression.kind) {
    case 'attribute':
      return { ...expression, name: expression.name.toLowerCase() }
    // The service keeps every constant as a text.
    case 'number':
      return { kind: 'text', text: expression.text }
    case 'call':
      return { ...expression, args: expression.args.map(canonical) }
    case 'comparison':
      return { ...expression, left: canonical(expression.left), right: canonical(expression.right) }
    default:
      return expression
  }
}
