/** Where an attribute's value comes from: an attribute, a constant, an expression, however the service tells it. */
import { ExpressionError, quoted } from '../expression/expression.ts'
import { constantIn, meaningOf, readable } from '../expression/meaning.ts'
import { parseExpression } from '../expression/parse.ts'
import { sourceOf, type WrittenSource } from '../expression/source.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'
import type { AttributeMapping, AttributeMappingSource } from './synchronization-schema.ts'

/** An attribute's entry in a profile. */
export type MappingEntry = NonNullable<CrossTenantSyncProfile['mapping']>[string]

/** Of an entry that sets a value; `undefined` for one that removes the mapping. */
export function entryExpression(entry: MappingEntry): string | undefined {
  if ('remove' in entry) return undefined
  return 'constant' in entry ? quoted(entry.constant) : entry.expression
}

/** @throws ExpressionError */
export function sourceOfText(text: string): WrittenSource {
  return sourceOf(parseExpression(text))
}

/** @returns the expression for people to read, a constant in quotes; `null` where there is none. */
export function sourceText(mapping: AttributeMapping): string | null {
  const text = expressionOf(mapping.source)
  return text === undefined ? null : readable(text)
}

/** The same for all that gives the same value. */
export function sourceMeaning(mapping: AttributeMapping): string | undefined {
  const text = expressionOf(mapping.source)
  return text === undefined ? undefined : meaningOf(text)
}

/** The expression decides; where there is none the name does, by its type. A constant is known by its value. */
function expressionOf(source: AttributeMappingSource | null | undefined): string | undefined {
  if (!source) return undefined
  const { expression, name, type } = source
  if (type === 'Constant') {
    const value = (expression ? constantIn(expression) : undefined) ?? name ?? expression
    return value === null || value === undefined ? undefined : quoted(value)
  }
  if (expression) return expression
  return name && type === 'Attribute' ? `[${name}]` : undefined
}

/** Why a text is no expression; `undefined` when it is one. */
export function expressionFault(text: string): ExpressionError | undefined {
  try {
    parseExpression(text)
    return undefined
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
}
