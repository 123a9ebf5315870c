import { isNavigation } from '../contract.ts'
import type { TypeName } from '../contract.ts'
import { GraphRefused, badRequest } from '../errors.ts'
import { defaultSelection, parseSelect } from './select.ts'

/** `$expand=manager`: what is shown of the manager. */
export interface ManagerExpansion {
  readonly selection: readonly string[]
}

/**
 * @throws GraphRefused 400 for what is no relationship of the type, 501 for relationships that this stand-in
 * does not carry
 */
export function parseExpand(text: string, type: TypeName): ManagerExpansion {
  const items = splitOutside(text, ',')
  if (items.length > 1) {
    throw badRequest(
      `The result of parsing $expand contained at least ${items.length} items, but the maximum allowed is 1.`,
    )
  }
  const [, name = '', options = ''] = /^\s*([^(]+?)\s*(?:\((.*)\))?\s*$/.exec(text) ?? []
  if (!isNavigation(type, name)) {
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
    )
  }
  if (name !== 'manager') {
    throw new GraphRefused(501, 'NotImplemented', `$expand of '${name}' is not simulated.`)
  }
  let selection: readonly string[] = defaultSelection('user')
  for (const option of splitOutside(options, ';').filter(Boolean)) {
    const [, key = '', value = ''] = /^\s*(\$\w+)\s*=(.*)$/s.exec(option) ?? []
    if (key === '$select') selection = parseSelect(value, 'directoryObject', true)
    else if (key !== '$levels') {
      throw badRequest(
        `Parsing OData Select and Expand failed: Term '${option.trim()}' is not valid in a $select or $expand expression.`,
      )
    }
  }
  return { selection }
}

/** Splits where no bracket is open. */
function splitOutside(text: string, separator: string): string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (character === separator && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}
