/**
 * The schema of a provisioning job, as Microsoft Graph gives it ("synchronizationSchema resource type"): what
 * is looked at, and whatever stands there besides, which is sent back as it was read.
 */
interface Open {
  readonly [property: string]: unknown
}

export interface SynchronizationSchema extends Open {
  readonly synchronizationRules?: readonly SynchronizationRule[] | null
  readonly directories?: readonly DirectoryDefinition[] | null
}

export interface SynchronizationRule extends Open {
  readonly name?: string | null
  readonly sourceDirectoryName?: string | null
  readonly targetDirectoryName?: string | null
  readonly objectMappings?: readonly ObjectMapping[] | null
}

export interface ObjectMapping extends Open {
  readonly sourceObjectName?: string | null
  readonly targetObjectName?: string | null
  readonly scope?: Filter | null
  readonly attributeMappings?: readonly AttributeMapping[] | null
}

export interface AttributeMapping extends Open {
  readonly targetAttributeName?: string | null
  readonly source?: AttributeMappingSource | null
  readonly defaultValue?: string | null
  readonly flowBehavior?: string
  readonly flowType?: string
  /** Above 0: people are matched by this attribute, the lowest first. */
  readonly matchingPriority?: number
}

export interface AttributeMappingSource {
  readonly expression?: string | null
  readonly name?: string | null
  readonly type?: string
}

/** Who is in scope: whoever meets all clauses of one of the `groups`. */
export interface Filter extends Open {
  readonly groups?: readonly FilterGroup[] | null
}

export interface FilterGroup extends Open {
  readonly name?: string | null
  readonly clauses?: readonly FilterClause[] | null
}

export interface FilterClause extends Open {
  readonly operatorName?: string | null
  readonly sourceOperandName?: string | null
  readonly targetOperand?: { readonly values?: readonly (string | null)[] | null } | null
}

export interface DirectoryDefinition extends Open {
  readonly name?: string | null
  readonly objects?: readonly ObjectDefinition[] | null
}

interface ObjectDefinition extends Open {
  readonly name?: string | null
  readonly attributes?: readonly AttributeDefinition[] | null
}

export interface AttributeDefinition extends Open {
  readonly name?: string | null
  readonly required?: boolean
  readonly mutability?: string
}

/** Where a schema maps users to users. */
export interface UserMapping {
  readonly rule: SynchronizationRule
  readonly objects: ObjectMapping
}

const USER = 'user'

/**
 * Ids differ from job to job, so rules are known by their names.
 * @param ruleName the rule that is meant where several map users to users.
 */
export function userMapping(
  schema: SynchronizationSchema,
  ruleName?: string | null,
): UserMapping | undefined {
  const all = (schema.synchronizationRules ?? []).flatMap((rule) =>
    (rule.objectMappings ?? [])
      .filter(
        ({ sourceObjectName, targetObjectName }) =>
          sourceObjectName?.toLowerCase() === USER && targetObjectName?.toLowerCase() === USER,
      )
      .map((objects) => ({ rule, objects })),
  )
  return all.find(({ rule }) => rule.name === ruleName) ?? all[0]
}

/** The attributes of users in a directory; none where the schema does not tell. */
export function userAttributes(
  schema: SynchronizationSchema,
  directory: string | null | undefined,
): readonly AttributeDefinition[] {
  const found = schema.directories?.find(({ name }) => name === directory)
  return found?.objects?.find(({ name }) => name?.toLowerCase() === USER)?.attributes ?? []
}

/** Attributes have one name, however it is written. */
export function nameKey(name: string | null | undefined): string {
  return name?.toLowerCase() ?? ''
}
