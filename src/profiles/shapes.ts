/**
 * The shapes that schemas of profiles are made of. Which of several shapes is meant is decided by one
 * look (a type, a key), never by trying them all: so a fault is told of the one that was meant.
 *
 * `errorMessage` says what is expected; faults quote it, and editors with YAML support show it.
 */
import {
  Type,
  type Static,
  type TObject,
  type TProperties,
  type TSchema,
  type TUnsafe,
} from '@sinclair/typebox'

export interface Told {
  readonly description?: string
  readonly errorMessage?: string
  readonly default?: unknown
}

/** A mapping of just these keys. */
export function keys<P extends TProperties>(
  properties: P,
  told: Told & { minProperties?: number; maxProperties?: number } = {},
): TObject<P> {
  return Type.Object(properties, { additionalProperties: false, ...told })
}

export function choice<const V extends readonly string[]>(values: V, told: Told = {}): TUnsafe<V[number]> {
  return Type.Unsafe<V[number]>({ type: 'string', enum: [...values], ...told })
}

/** At least one. */
export function list<T extends TSchema>(items: T, told: Told = {}) {
  return Type.Array(items, { minItems: 1, ...told })
}

export function choices<const V extends readonly string[]>(values: V, told: Told = {}) {
  return Type.Unsafe<V[number][]>({
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { type: 'string', enum: [...values] },
    ...told,
  })
}

/** A text that is not empty. */
export function text(told: Told & { pattern?: string; format?: string; maxLength?: number } = {}) {
  return Type.String({ minLength: 1, ...told })
}

/** One shape for values of a type, another for the rest. */
export function either<A extends TSchema, B extends TSchema>(
  type: 'object' | 'array' | 'string' | 'boolean',
  then: A,
  otherwise: B,
  told: Told & { errorMessage: string },
): TUnsafe<Static<A> | Static<B>> {
  const { errorMessage } = told
  return Type.Unsafe<Static<A> | Static<B>>({
    ...decided({ type }, then, { ...otherwise, errorMessage }),
    ...told,
  })
}

/** A mapping whose shape is told by which of these keys it has. */
export function byKey<S extends Readonly<Record<string, TObject>>>(
  shapes: S,
  told: Told & { errorMessage: string },
): TUnsafe<Static<S[keyof S]>> {
  const names = Object.keys(shapes)
  const known = Object.fromEntries(
    Object.values(shapes).flatMap(({ properties }) => Object.entries(properties)),
  )
  const none: object = {
    type: 'object',
    properties: Object.fromEntries(Object.keys(known).map((name) => [name, {}])),
    required: names.slice(0, 1),
    additionalProperties: false,
    errorMessage: told.errorMessage,
  }
  const chain = Object.entries(shapes).reduceRight<object>(
    (rest, [name, shape]) => decided({ type: 'object', required: [name] }, shape, rest),
    none,
  )
  return Type.Unsafe<Static<S[keyof S]>>({ ...chain, ...told })
}

/** One shape for mappings that have a key, another for the rest. */
export function havingKey<A extends TSchema, B extends TSchema>(
  key: string,
  then: A,
  otherwise: B,
): TUnsafe<Static<A> | Static<B>> {
  return Type.Unsafe<Static<A> | Static<B>>(decided({ type: 'object', required: [key] }, then, otherwise))
}

/** Keywords that choose a shape by the value of a key. */
export function byValue(key: string, shapes: Readonly<Record<string, object>>): object {
  return {
    allOf: Object.entries(shapes).map(([value, shape]) =>
      decided({ type: 'object', required: [key], properties: { [key]: { const: value } } }, shape),
    ),
  }
}

function decided(question: object, yes: object, no?: object): object {
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  return { if: question, then: yes, ...(no && { else: no }) }
}

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'

export const domain = (description?: string) =>
  text({
    pattern: `^(?:${LABEL}\\.)+${LABEL}$`,
    maxLength: 255,
    errorMessage: 'a domain name, like fabrikam.com',
    ...(description !== undefined && { description }),
  })

export const guid = (description?: string) =>
  text({
    pattern: '^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$',
    errorMessage: 'a GUID, like 6b0f8c1e-0000-4000-8000-00000000000a',
    ...(description !== undefined && { description }),
  })

/** The name of an environment variable that a profile may read: none that holds the run's own secrets. */
export const variable = (description: string) =>
  text({
    pattern: '^(?!ACTIONS_|GITHUB_|AZURE_|TENANT_SYNC_)[A-Z_][A-Z0-9_]*$',
    description,
    errorMessage:
      'the name of an environment variable, in capitals, that does not begin with ACTIONS_, GITHUB_, AZURE_ or TENANT_SYNC_',
  })
