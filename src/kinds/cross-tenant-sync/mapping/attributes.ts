/** Whether a profile maps attributes that there are, and that may be written. */
import { nearest } from '../../../people/nearest.ts'
import { attributesOf } from '../expression/expression.ts'
import { parseExpression } from '../expression/parse.ts'
import type { CrossTenantSyncProfile } from '../schema.ts'
import { DIRECTORY_EXTENSION, KNOWN_MATCHING, KNOWN_SOURCE, KNOWN_TARGET } from './known-attributes.ts'
import { MappingError } from './mapping-error.ts'
import {
  nameKey,
  userAttributes,
  userMapping,
  type AttributeDefinition,
  type SynchronizationSchema,
} from './synchronization-schema.ts'

interface Directory {
  /** `undefined` for an attribute that it does not have. */
  find(name: string): AttributeDefinition | undefined
  readonly names: readonly string[]
}

interface Directories {
  readonly source: Directory
  readonly target: Directory
  /** The attributes of the target that people are matched by. */
  readonly matching: readonly string[]
}

/**
 * @param profile whose expressions parse.
 * @param schema the job's own, or the template's; without one, what Microsoft describes is allowed.
 * @throws MappingError of the first attribute that is unknown, read-only, or removed though it is needed
 */
export function checkAttributes(
  { mapping = {}, scope }: CrossTenantSyncProfile,
  schema: SynchronizationSchema | undefined,
): void {
  const directories = directoriesOf(schema)
  for (const [attribute, entry] of Object.entries(mapping)) {
    checkTarget(attribute, 'remove' in entry, directories)
    if (!('remove' in entry)) checkNotMatching(attribute, directories)
    if (!('expression' in entry)) continue
    for (const read of attributesOf(parseExpression(entry.expression)))
      checkSource(read, `\`mapping.${attribute}\``, directories)
  }
  for (const [index, { attribute }] of (scope.where ?? []).entries())
    checkSource(attribute, `\`scope.where[${index}]\``, directories)
  const removed = Object.keys(mapping).filter((attribute) => 'remove' in (mapping[attribute] ?? {}))
  checkMatching(removed.map(nameKey), directories)
}

function checkTarget(attribute: string, remove: boolean, { target }: Directories): void {
  const definition = target.find(attribute)
  const subject = `\`mapping.${attribute}\``
  if (!definition) throw unknown(subject, attribute, 'in the target tenant', target)
  if (remove && definition.required)
    throw new MappingError(
      'required-attribute',
      `${subject}: every user in the target tenant needs this attribute; it cannot be removed.`,
    )
  if (!remove && definition.mutability === 'ReadOnly')
    throw new MappingError(
      'read-only-attribute',
      `${subject}: this attribute is read-only in the target tenant; it cannot be mapped.`,
    )
}

function checkNotMatching(attribute: string, { matching }: Directories): void {
  if (matching.some((name) => nameKey(name) === nameKey(attribute)))
    throw new MappingError(
      'matching-attribute',
      `\`mapping.${attribute}\`: users are matched by this attribute; Entra lets nobody change its mapping.`,
    )
}

function checkSource(attribute: string, subject: string, { source }: Directories): void {
  if (!source.find(attribute)) throw unknown(subject, attribute, 'in the source tenant', source)
}

/** @param removed keys of names. */
function checkMatching(removed: readonly string[], { matching }: Directories): void {
  const [first] = matching
  if (first !== undefined && matching.every((attribute) => removed.includes(nameKey(attribute))))
    throw new MappingError(
      'required-attribute',
      `\`mapping\` removes ${matching.map((each) => `\`${each}\``).join(', ')}: users could no longer be matched with those in the target tenant.`,
    )
}

function unknown(subject: string, attribute: string, where: string, { names }: Directory): MappingError {
  const meant = nearest(attribute, names)
  return new MappingError(
    'unknown-attribute',
    `${subject}: users ${where} have no attribute \`${attribute}\`${meant === undefined ? '' : `: did you mean \`${meant}\`?`}`,
  )
}

function directoriesOf(schema: SynchronizationSchema | undefined): Directories {
  const users = schema && userMapping(schema)
  const source = schema ? userAttributes(schema, users?.rule.sourceDirectoryName) : []
  const target = schema ? userAttributes(schema, users?.rule.targetDirectoryName) : []
  return {
    source: source.length > 0 ? directory(source) : directory(KNOWN_SOURCE, DIRECTORY_EXTENSION),
    target: target.length > 0 ? directory(target) : directory(KNOWN_TARGET, DIRECTORY_EXTENSION),
    matching: users
      ? (users.objects.attributeMappings ?? [])
          .filter(({ matchingPriority = 0 }) => matchingPriority > 0)
          .map(({ targetAttributeName }) => targetAttributeName ?? '')
      : [KNOWN_MATCHING],
  }
}

function directory(definitions: readonly AttributeDefinition[], besides?: RegExp): Directory {
  const byName = new Map(definitions.map((each) => [nameKey(each.name), each]))
  return {
    find: (name) => byName.get(nameKey(name)) ?? (besides?.test(name) === true ? { name } : undefined),
    names: definitions.flatMap(({ name }) => name ?? []),
  }
}
