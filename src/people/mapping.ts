/** What a profile's `mapping` says of each attribute, on top of the kind's defaults. */
import { EvaluationError } from './expression.ts'
import type { PersonField, Sourced } from './person.ts'
import { compileTemplate, type Template } from './template.ts'

/** `empty`: only if the target holds nothing; `create`: only when the object is made. */
export type When = 'always' | 'empty' | 'create'

/** A text with `{{ }}`; a plain true or false; `null`: leave the attribute alone. */
export type MappingEntry = string | boolean | null | { readonly value: string | boolean; readonly when: When }

export interface WantedValue {
  readonly value: string | readonly string[]
  readonly when: When
}

export interface Mapping {
  /** All fields of a person that any attribute is made of. */
  readonly reads: ReadonlySet<PersonField>
  /**
   * What each attribute is to hold. Absent: attributes left alone, by the profile or since they are
   * made of what the person's source does not carry. `''` clears.
   * @throws EvaluationError
   */
  wanted(sourced: Sourced): ReadonlyMap<string, WantedValue>
  /** The attributes that are left alone because of unknown fields. */
  blockedBy(unknown: ReadonlySet<PersonField>): readonly string[]
}

interface Attribute extends Template {
  readonly name: string
  readonly when: When
  /** Where in the profile it stands. */
  readonly path: readonly string[]
}

/**
 * @param defaults every attribute of the kind, with the text it has unless the profile says otherwise.
 * @throws ExpressionError; a profile that passed validation has none.
 */
export function compileMapping(
  defaults: Readonly<Record<string, string | null>>,
  mapping: Readonly<Record<string, MappingEntry>>,
): Mapping {
  const attributes = Object.entries(defaults).flatMap(([name, byDefault]) => {
    const entry = mapping[name] === undefined ? byDefault : mapping[name]
    return entry === null ? [] : [compileAttribute(name, entry)]
  })
  const known = oncePerSource((unknown) => attributes.filter((attribute) => !isBlocked(attribute, unknown)))
  const blocked = oncePerSource((unknown) =>
    attributes.filter((attribute) => isBlocked(attribute, unknown)).map(({ name }) => name),
  )
  return {
    reads: new Set(attributes.flatMap(({ reads }) => [...reads])),
    wanted({ person, unknown }) {
      const wanted = new Map<string, WantedValue>()
      for (const { name, when, render, path } of known(unknown))
        try {
          wanted.set(name, { value: render(person), when })
        } catch (error) {
          throw error instanceof EvaluationError ? error.placed(path) : error
        }
      return wanted
    },
    blockedBy: blocked,
  }
}

function compileAttribute(name: string, entry: Exclude<MappingEntry, null>): Attribute {
  const { value, when } = typeof entry === 'object' ? entry : { value: entry, when: 'always' as const }
  const path = ['mapping', name, ...(typeof entry === 'object' ? ['value'] : [])]
  return { name, when, path, ...compileTemplate(String(value)) }
}

function isBlocked({ reads }: Attribute, unknown: ReadonlySet<PersonField>): boolean {
  return [...reads].some((field) => unknown.has(field))
}

/** All people of a source share one set of unknown fields. */
function oncePerSource<T>(
  find: (unknown: ReadonlySet<PersonField>) => T,
): (unknown: ReadonlySet<PersonField>) => T {
  const found = new WeakMap<ReadonlySet<PersonField>, T>()
  return (unknown) => {
    let answer = found.get(unknown)
    if (answer === undefined) found.set(unknown, (answer = find(unknown)))
    return answer
  }
}
