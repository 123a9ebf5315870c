/** What the schema cannot say of `mapping` and `scope.where`: all that can be told without asking a tenant. */
import type { FaultOptions, Path } from '../../../profiles/fault.ts'
import { patternFault } from '../expression/pattern.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'
import { expressionFault } from './mapping-source.ts'
import { takesNumbers, takesPatterns, takesValues } from './operators.ts'
import { nameKey } from './synchronization-schema.ts'

export interface MappingFault {
  readonly path: Path
  /** One sentence without a full stop. */
  readonly message: string
  readonly options?: FaultOptions
}

type Clause = NonNullable<CrossTenantSyncProfile['scope']['where']>[number]

/** In the order of the profile. */
export function mappingFaults({ mapping = {}, scope }: CrossTenantSyncProfile): MappingFault[] {
  return [
    ...doubleFaults(Object.keys(mapping)),
    ...Object.entries(mapping).flatMap(([attribute, entry]) =>
      'expression' in entry ? expressionFaults(['mapping', attribute, 'expression'], entry.expression) : [],
    ),
    ...(scope.where ?? []).flatMap((clause, index) => clauseFaults(['scope', 'where', index], clause)),
  ]
}

function expressionFaults(path: Path, expression: string): MappingFault[] {
  const fault = expressionFault(expression)
  if (!fault) return []
  const { column, message } = fault
  return [
    {
      path,
      message: `the expression does not parse at column ${column}: ${message}`,
      options: { offset: column - 1 },
    },
  ]
}

/** Attributes have one name, however it is written. */
function doubleFaults(attributes: readonly string[]): MappingFault[] {
  return attributes.flatMap((attribute, index) => {
    const first = attributes.slice(0, index).find((other) => nameKey(other) === nameKey(attribute))
    return first === undefined
      ? []
      : [
          {
            path: ['mapping', attribute],
            message: `\`${attribute}\` and \`${first}\` are the same attribute: map it once`,
            options: { key: true },
          },
        ]
  })
}

function clauseFaults(path: Path, { operator, values }: Clause): MappingFault[] {
  if (!takesValues(operator))
    return values
      ? [
          {
            path: [...path, 'values'],
            message: `\`values\` has no effect beside \`operator: ${operator}\`, which asks of the attribute alone`,
            options: { key: true },
          },
        ]
      : []
  if (!values)
    return [{ path: [...path, 'values'], message: `\`${operator}\` needs \`values\` to compare with` }]
  return values.flatMap((value, index) => {
    const message = valueFault(operator, value)
    return message === undefined ? [] : [{ path: [...path, 'values', index], message }]
  })
}

function valueFault(operator: Clause['operator'], value: string): string | undefined {
  if (takesNumbers(operator) && !/^-?\d+$/.test(value))
    return `${JSON.stringify(value)} is not a whole number, which \`${operator}\` compares with`
  const fault = takesPatterns(operator) ? patternFault(value) : undefined
  return fault === undefined ? undefined : `${JSON.stringify(value)} is not a regular expression: ${fault}`
}
