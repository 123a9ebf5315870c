/** What is wrong with data, in a reader's words. */
import type { ErrorObject } from 'ajv/dist/2020.js'
import { nearest } from '../people/nearest.ts'
import { formatPath, type FaultOptions, type Path } from './fault.ts'
import { expressionFault } from './formats.ts'

export interface Problem {
  readonly path: Path
  readonly message: string
  readonly options?: FaultOptions
}

/** Keywords that only say that a part of them has failed. */
const REPEATING = new Set(['if', 'propertyNames'])

export function problemsOf(errors: readonly ErrorObject[]): Problem[] {
  const told = errors.filter((error) => !REPEATING.has(error.keyword) && !isOfNoShape(error))
  const problems = new Map<string, Problem>()
  for (const error of told) {
    if (error.keyword === 'required' && isMisspelt(error, told)) continue
    const problem = problemOf(error)
    const place = `${formatPath(problem.path)} ${problem.options?.key === true}`
    if (!problems.has(place)) problems.set(place, problem)
  }
  return [...problems.values()]
}

/** A mapping whose shape nobody can tell has that one fault, whatever else stands in it. */
function isOfNoShape(error: ErrorObject): boolean {
  return error.keyword === 'additionalProperties' && tellsShape(error) && meant(error) === undefined
}

/** Of `byKey`: a key is missing that would tell the shape. */
function tellsShape({ parentSchema }: ErrorObject): boolean {
  return parentSchema?.['errorMessage'] !== undefined
}

/** A key that is missing and one that is unknown beside it, written nearly alike, are one fault. */
function isMisspelt(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  return errors.some(
    (other) =>
      other.keyword === 'additionalProperties' &&
      other.instancePath === error.instancePath &&
      (tellsShape(error) || meant(other) === error.params['missingProperty']),
  )
}

function problemOf(error: ErrorObject): Problem {
  const path = pathOf(error.instancePath)
  const { keyword, params, parentSchema } = error
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty'])
    return { path: [...path, key], message: unknownKey(error, path), options: { key: true } }
  }
  if (keyword === 'required')
    return { path: [...path, String(params['missingProperty'])], message: missingKey(error, path) }
  if (keyword === 'format') {
    const fault = expressionFault(String(params['format']), String(error.data))
    if (fault) return { path, message: fault.message, options: { offset: fault.offset } }
  }
  if (error.propertyName !== undefined)
    return {
      path: [...path, error.propertyName],
      message: `the name \`${error.propertyName}\`: expected ${String(parentSchema?.['errorMessage'])}`,
      options: { key: true },
    }
  return { path, message: `${subject(path)} is ${found(error.data, path)}: expected ${expected(error)}` }
}

function unknownKey(error: ErrorObject, path: Path): string {
  const key = String(error.params['additionalProperty'])
  const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object)
  const near = meant(error)
  return `unknown key \`${key}\`${within(path)}: ${near === undefined ? `known here: ${known.join(', ')}` : `did you mean \`${near}\`?`}`
}

function meant({ params, parentSchema }: ErrorObject): string | undefined {
  const known = Object.keys((parentSchema?.['properties'] ?? {}) as object)
  return nearest(String(params['additionalProperty']), known)
}

function missingKey({ params, parentSchema }: ErrorObject, path: Path): string {
  const { errorMessage } = (parentSchema ?? {}) as { errorMessage?: string }
  if (errorMessage !== undefined) return `${subject(path)}: expected ${errorMessage}`
  return `missing key \`${String(params['missingProperty'])}\`${within(path)}`
}

function expected({ keyword, params, parentSchema, data }: ErrorObject): string {
  const { errorMessage, enum: values } = (parentSchema ?? {}) as { errorMessage?: string; enum?: string[] }
  if (errorMessage !== undefined) return errorMessage
  if (values) {
    const near = typeof data === 'string' ? nearest(data, values) : undefined
    return `one of ${values.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`
  }
  switch (keyword) {
    case 'const':
      return `\`${String(params['allowedValue'])}\``
    case 'type':
      return TYPES[String(params['type'])] ?? String(params['type'])
    case 'minItems':
      return 'at least one entry'
    case 'uniqueItems':
      return 'each entry once'
    case 'minLength':
      return 'a text that is not empty'
    case 'minimum':
      return `${String(params['limit'])} or more`
    case 'maximum':
      return `${String(params['limit'])} at most`
    default:
      return String(parentSchema?.['description'] ?? 'something else')
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text (in quotes, if it looks like a number or a boolean)',
  object: 'a mapping of keys',
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  'string,null': 'a text, or ~',
}

const LONGEST_SHOWN = 60

/** What stands there. Of a key that names a variable nothing is shown: somebody may have put a secret in it. */
function found(data: unknown, path: Path): string {
  if (String(path.at(-1)).endsWith('Env')) return 'not a name'
  if (data === null || data === undefined) return 'empty'
  if (Array.isArray(data)) return data.length === 0 ? 'an empty list' : 'a list'
  if (typeof data === 'object') return Object.keys(data).length === 0 ? 'an empty mapping' : 'a mapping'
  if (data === '') return 'empty'
  const shown = JSON.stringify(data)
  return shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown
}

function subject(path: Path): string {
  return path.length === 0 ? 'the file' : `\`${formatPath(path)}\``
}

function within(path: Path): string {
  return path.length === 0 ? '' : ` in \`${formatPath(path)}\``
}

/** RFC 6901, with indices as numbers. */
function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}
