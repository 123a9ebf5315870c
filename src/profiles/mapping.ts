/** The shape of `mapping` in profiles about people. */
import { Type, type TSchema } from '@sinclair/typebox'
import type { MappingEntry } from '../people/mapping.ts'
import { choice, either, keys } from './shapes.ts'

const ENTRY = 'a text (in quotes, if it looks like a number), ~ to leave it alone, or { value, when }'

const WHEN = choice(['always', 'empty', 'create'], {
  default: 'always',
  description:
    'When it is written: always; empty: only if the target holds nothing; create: only when the object is made.',
})

/** A text with `{{ }}`; the check compiles it. */
export const template = (description?: string) =>
  Type.String({ format: 'template', ...(description !== undefined && { description }) })

/** A text with `{{ }}`, `~`, or either with a `when`. */
export function entry(
  description: string,
  value: TSchema = template('What it is to hold: a text, with {{ }} around expressions.'),
) {
  const plain = { ...value, type: [value['type'], 'null'].flat() }
  return Type.Unsafe<MappingEntry>(
    either('object', keys({ value, when: WHEN }), Type.Unsafe(plain), { description, errorMessage: ENTRY }),
  )
}

/** For attributes that are true or false. */
export function switchEntry(description: string) {
  return entry(
    description,
    Type.Unsafe<string | boolean>({
      type: ['string', 'boolean'],
      format: 'template',
      description: 'true, false, or an expression that gives one of them.',
    }),
  )
}
