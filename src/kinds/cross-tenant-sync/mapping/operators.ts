/**
 * The operators of scoping filters.
 * Source: Microsoft Entra, "Scoping users or groups to be provisioned with scoping filters"; Microsoft Graph,
 * "synchronizationSchema: filterOperators".
 */
export const OPERATORS = [
  'EQUALS',
  'NOT EQUALS',
  'IS TRUE',
  'IS FALSE',
  'IS NULL',
  'IS NOT NULL',
  'REGEX MATCH',
  'NOT REGEX MATCH',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUALS',
  'INCLUDES',
  'ENDS_WITH',
] as const
export type Operator = (typeof OPERATORS)[number]

/** Whether it compares an attribute with values; else it asks of the attribute alone. */
export function takesValues(operator: Operator): boolean {
  return !operator.startsWith('IS ')
}

export function takesPatterns(operator: Operator): boolean {
  return operator.endsWith('REGEX MATCH')
}

export function takesNumbers(operator: Operator): boolean {
  return operator.startsWith('GREATER_THAN')
}
