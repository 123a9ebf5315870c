import { SCHEMA_NAMES, schemaOf, type SchemaName } from '../kinds/schemas.ts'
import type { Console } from './console.ts'
import { ERROR_EXIT_CODE } from './exit-code.ts'

/** Prints a JSON Schema, for editors and other programs. @returns the exit code. */
export function schema(name: string, console: Console): number {
  if (!isSchemaName(name)) {
    console.err(`There is no schema "${name}": there are ${SCHEMA_NAMES.join(', ')}.`)
    return ERROR_EXIT_CODE
  }
  console.out(JSON.stringify(schemaOf(name), null, 2))
  return 0
}

function isSchemaName(name: string): name is SchemaName {
  return SCHEMA_NAMES.some((one) => one === name)
}
