import type { MappingSource } from '../expression/source.ts'
import type { Filter } from './scope-filter.ts'

/** Microsoft Graph, "synchronizationSchema resource type": what stands in it besides is kept, and not looked at. */
export interface Schema {
  readonly id: string
  readonly version: string
  readonly synchronizationRules: readonly Rule[]
  readonly directories: readonly DirectoryDefinition[]
}

/** "attributeMapping resource type". */
export interface AttributeMapping {
  readonly defaultValue: string | null
  readonly exportMissingReferences: boolean
  readonly flowBehavior: string
  readonly flowType: string
  readonly matchingPriority: number
  readonly targetAttributeName: string
  readonly source: MappingSource
}

/** "objectMapping resource type". */
export interface ObjectMapping {
  readonly enabled: boolean
  readonly name: string
  /** `Add,Update,Delete`. */
  readonly flowTypes: string
  readonly sourceObjectName: string
  readonly targetObjectName: string
  readonly scope: Filter | null
  readonly attributeMappings: readonly AttributeMapping[]
}

/** "synchronizationRule resource type". */
export interface Rule {
  readonly id: string
  readonly sourceDirectoryName: string
  readonly targetDirectoryName: string
  readonly objectMappings: readonly ObjectMapping[]
}

/** "directoryDefinition resource type". */
export interface DirectoryDefinition {
  readonly name: string
  readonly objects: readonly { readonly name: string; readonly attributes: readonly AttributeDefinition[] }[]
}

export interface AttributeDefinition {
  readonly name: string
  readonly required?: boolean
  readonly mutability?: string
}
