import type { Properties } from '../../directory.ts'
import { invalidSchema } from '../errors.ts'
import { ExpressionError, attributesOf, parseExpression } from '../expression/parse.ts'
import { sourceOf } from '../expression/source.ts'
import type { MappingSource } from '../expression/source.ts'
import type {
  AttributeDefinition,
  AttributeMapping,
  DirectoryDefinition,
  ObjectMapping,
  Rule,
  Schema,
} from './definition.ts'
import { checkedScope } from './scope-filter.ts'

/**
 * A schema as the service keeps it: what was left out has its default, mappings stand by the names of their
 * targets, expressions are written its own way.
 * @param sent checked for its types
 * @param directories those there are when none are sent
 * @throws GraphRefused 400 for attributes that the directories do not have, expressions that do not parse,
 * mappings of one target twice, and a schema by which nobody could be matched
 */
export function normalised(
  sent: Properties,
  directories: readonly DirectoryDefinition[],
): Pick<Schema, 'synchronizationRules' | 'directories'> {
  const known = (sent['directories'] as readonly DirectoryDefinition[] | undefined) ?? directories
  const rules = sent['synchronizationRules'] as readonly Rule[] | undefined
  if (!rules || rules.length === 0) throw invalidSchema('A schema must have a synchronization rule.')
  const nothing = known.find(
    ({ objects }) => !objects?.length || objects.some(({ attributes }) => !attributes),
  )
  if (nothing) throw invalidSchema(`The directory '${nothing.name}' has no objects with attributes.`)
  return { synchronizationRules: rules.map((rule) => ruleOf(rule, known)), directories: known }
}

function ruleOf(rule: Rule, directories: readonly DirectoryDefinition[]) {
  const source = directories.find(({ name }) => name === rule.sourceDirectoryName)
  const target = directories.find(({ name }) => name === rule.targetDirectoryName)
  if (!source || !target || !rule.id || !rule.objectMappings?.length)
    throw invalidSchema(`The synchronization rule '${rule.id}' is not valid.`)
  return {
    containerFilter: null,
    editable: true,
    groupFilter: null,
    priority: 1,
    metadata: [],
    ...rule,
    objectMappings: rule.objectMappings.map((each) => objectMappingOf(each, source, target)),
  }
}

function objectMappingOf(mapping: ObjectMapping, source: DirectoryDefinition, target: DirectoryDefinition) {
  const from = attributesIn(source, mapping.sourceObjectName)
  const to = attributesIn(target, mapping.targetObjectName)
  const mappings = (mapping.attributeMappings ?? []).map((each) => attributeMappingOf(each, from, to))
  const targets = mappings.map(({ targetAttributeName }) => targetAttributeName)
  const twice = targets.find((name, index) => targets.indexOf(name) !== index)
  if (twice !== undefined) throw invalidSchema(`The target attribute '${twice}' is mapped more than once.`)
  const missing = [...to.values()].find(({ name, required }) => required && !targets.includes(name))
  if (missing) throw invalidSchema(`The required target attribute '${missing.name}' is not mapped.`)
  if (!mappings.some(({ matchingPriority }) => matchingPriority > 0)) {
    throw invalidSchema('At least one attribute mapping must have a matching priority.')
  }
  return {
    metadata: [],
    ...mapping,
    enabled: mapping.enabled ?? true,
    flowTypes: mapping.flowTypes ?? 'Add,Update,Delete',
    name: mapping.name ?? null,
    scope: mapping.scope ? checkedScope(mapping.scope, from) : null,
    attributeMappings: mappings.toSorted((a, b) => order(a.targetAttributeName, b.targetAttributeName)),
  }
}

function attributeMappingOf(
  mapping: AttributeMapping,
  from: ReadonlyMap<string, AttributeDefinition>,
  to: ReadonlyMap<string, AttributeDefinition>,
): AttributeMapping {
  const target = to.get(mapping.targetAttributeName?.toLowerCase() ?? '')
  if (!target) {
    throw invalidSchema(`The target attribute '${mapping.targetAttributeName}' is not known.`)
  }
  if (target.mutability === 'ReadOnly') {
    throw invalidSchema(`The target attribute '${target.name}' is read-only.`)
  }
  return {
    defaultValue: mapping.defaultValue ?? null,
    exportMissingReferences: mapping.exportMissingReferences ?? false,
    flowBehavior: mapping.flowBehavior ?? 'FlowWhenChanged',
    flowType: mapping.flowType ?? 'Always',
    matchingPriority: mapping.matchingPriority ?? 0,
    targetAttributeName: target.name,
    source: sourceFor(target.name, mapping.source, from),
  }
}

/** The expression decides; a constant or an attribute may be given by its name alone. */
function sourceFor(
  target: string,
  source: Partial<MappingSource> | null | undefined,
  from: ReadonlyMap<string, AttributeDefinition>,
): MappingSource {
  const text = source?.expression || (source && namedAlone(source))
  if (!text) throw invalidSchema(`The mapping of '${target}' has no source.`)
  try {
    const expression = parseExpression(text)
    const unknown = attributesOf(expression).find((name) => !from.has(name.toLowerCase()))
    if (unknown !== undefined) throw invalidSchema(`The source attribute '${unknown}' is not known.`)
    return sourceOf(expression)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw invalidSchema(`The expression of '${target}' does not parse: ${error.message}`)
  }
}

function namedAlone({ type, name }: Partial<MappingSource>): string | undefined {
  if (name === undefined) return undefined
  if (type === 'Attribute') return `[${name}]`
  return type === 'Constant' ? `"${name.replaceAll(/["\\]/g, '\\$&')}"` : undefined
}

/** By name without case. */
function attributesIn(
  directory: DirectoryDefinition,
  object: string,
): ReadonlyMap<string, AttributeDefinition> {
  const found = directory.objects.find(({ name }) => name === object)
  if (!found) throw invalidSchema(`The directory '${directory.name}' has no object '${object}'.`)
  return new Map(found.attributes.map((each) => [each.name?.toLowerCase() ?? '', each]))
}

function order(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  return x === y ? 0 : x < y ? -1 : 1
}
