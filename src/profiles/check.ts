/** Data held against a schema. */
import type { TSchema } from '@sinclair/typebox'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { withDefinitions } from './definitions.ts'
import { FORMATS } from './formats.ts'
import { problemsOf, type Problem } from './problems.ts'

/** Fills in defaults, in place. @returns all that is wrong; nothing when the data fits. */
export type Check = (data: unknown) => readonly Problem[]

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strict: true,
  // What is required where a shape is chosen is declared in the shape.
  strictRequired: false,
  useDefaults: true,
  verbose: true,
})
ajv.addKeyword('errorMessage')
for (const [format, isValid] of Object.entries(FORMATS)) ajv.addFormat(format, isValid)

export function checkAgainst(schema: TSchema): Check {
  // Made when first asked for: compiling takes longer than starting up.
  let validate: ReturnType<typeof ajv.compile> | undefined
  return (data) => {
    validate ??= ajv.compile(withDefinitions(schema))
    return validate(data) ? [] : problemsOf(validate.errors ?? [])
  }
}
