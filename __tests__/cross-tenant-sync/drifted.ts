/** What people change by hand on either side, each with what a plan has to say of it and what mends it. */
import { assign } from '../../src/simulator/graph/cross-tenant/application/assignments.ts'
import type {
  AttributeMapping,
  ObjectMapping,
} from '../../src/simulator/graph/cross-tenant/synchronization/definition.ts'
import type { Partner } from '../../src/simulator/graph/cross-tenant/state.ts'
import { BOB, CONTOSO, FABRIKAM, type Synchronized } from './synchronized.ts'

export interface Drift {
  readonly name: string
  by(between: Synchronized): void
  /** As `shown` tells it. `{name}` stands for the object id of the one of that name. */
  readonly planned: readonly string[]
  readonly writes: readonly string[]
}

const PARTNERS = '/policies/crossTenantAccessPolicy/partners'
const SERVICE_PRINCIPAL = '/servicePrincipals/{id}'
const JOB = `${SERVICE_PRINCIPAL}/synchronization/jobs/{id}`
const SCHEMA_WRITES = [`fabrikam PUT ${JOB}/schema`]
const INBOUND = 'inbound-synchronization (contoso: user synchronization from fabrikam)'
const STATE = 'job-state (fabrikam: state of the job of To Contoso)'
const FILTER = 'scoping-filter (fabrikam: scoping filter of To Contoso)'
const MAPPING = 'attribute-mapping (fabrikam: attribute mapping of To Contoso)'

const consents = (partner: Partner | undefined, value: object | null) => {
  partner!.properties['automaticUserConsentSettings'] = value
}

const POLICIES: readonly Drift[] = [
  {
    name: 'user synchronization no longer allowed',
    by: ({ target }) => {
      target.partner(FABRIKAM)!.identitySynchronization = { userSyncInbound: { isSyncAllowed: false } }
    },
    planned: [`update ${INBOUND}: drift; userSyncInbound.isSyncAllowed false -> true`],
    writes: [`contoso PATCH ${PARTNERS}/{id}/identitySynchronization`],
  },
  {
    name: 'user synchronization taken away',
    by: ({ target }) => {
      target.partner(FABRIKAM)!.identitySynchronization = undefined
    },
    planned: [`create ${INBOUND}: missing; userSyncInbound.isSyncAllowed null -> true`],
    writes: [`contoso PUT ${PARTNERS}/{id}/identitySynchronization`],
  },
  {
    name: "the target's consent withdrawn",
    by: ({ target }) => consents(target.partner(FABRIKAM), { inboundAllowed: false }),
    planned: [
      'update inbound-redemption (contoso: automatic redemption from fabrikam): drift; automaticUserConsentSettings.inboundAllowed false -> true',
    ],
    writes: [`contoso PATCH ${PARTNERS}/{id}`],
  },
  {
    name: "the source's consent withdrawn",
    by: ({ source }) => consents(source.partner(CONTOSO), { outboundAllowed: false }),
    planned: [
      'update outbound-redemption (fabrikam: automatic redemption to contoso): drift; automaticUserConsentSettings.outboundAllowed false -> true',
    ],
    writes: [`fabrikam PATCH ${PARTNERS}/{id}`],
  },
  {
    name: "the source's partner configuration deleted",
    by: ({ source }) => source.removePartner(CONTOSO),
    planned: [
      `create partner-configuration (fabrikam: partner contoso): missing; tenantId null -> "${CONTOSO}"`,
      'update outbound-redemption (fabrikam: automatic redemption to contoso): missing; automaticUserConsentSettings.outboundAllowed null -> true',
    ],
    writes: [`fabrikam POST ${PARTNERS}`, `fabrikam PATCH ${PARTNERS}/{id}`],
  },
]

const APPLICATION: readonly Drift[] = [
  {
    name: 'the application renamed',
    by: ({ source }) => {
      for (const { id } of source.registrations.values()) source.rename(id, 'Renamed')
    },
    planned: [
      'update application (fabrikam: application To Contoso): drift; displayName "Renamed" -> "To Contoso"',
    ],
    writes: ['fabrikam PATCH /applications/{id}'],
  },
  {
    name: 'the mark taken out of its notes',
    by: ({ principal }) => {
      principal.properties = { ...principal.properties, notes: '' }
    },
    planned: [
      `update credentials (fabrikam: credentials of To Contoso): adopted; AuthenticationType "(cannot be read)" -> "SyncPolicy"; CompanyId "(cannot be read)" -> "${CONTOSO}"; SyncAll "(cannot be read)" -> "false"; notify "(cannot be read)" -> "it@fabrikam.com"; deletionThreshold "(cannot be read)" -> 100`,
    ],
    writes: [
      `fabrikam POST ${SERVICE_PRINCIPAL}/synchronization/jobs/validateCredentials`,
      `fabrikam PUT ${SERVICE_PRINCIPAL}/synchronization/secrets`,
      `fabrikam PATCH ${SERVICE_PRINCIPAL}`,
    ],
  },
  {
    name: 'an assignment removed',
    by: ({ principal }) => {
      for (const { id, principalType } of principal.assignments.values())
        if (principalType === 'Group') principal.assignments.delete(String(id))
    },
    planned: ['create assignment (Staff): new-in-source; principalId null -> "{Staff}"'],
    writes: [`fabrikam POST ${SERVICE_PRINCIPAL}/appRoleAssignedTo`],
  },
  {
    name: 'assignments added',
    by: (between) => {
      const { directory } = between.tenants
      const leavers = [...directory.groups()].find(
        ({ properties }) => properties['displayName'] === 'Leavers',
      )
      for (const id of [leavers!.id, directory.user(BOB.userPrincipalName)!.id])
        assign({ directory }, between.principal, id, between.tenants.now)
    },
    planned: [
      'delete assignment (Leavers): left-scope',
      'delete assignment (Bob Brown <bob.brown@fabrikam.com>): left-scope',
    ],
    writes: Array<string>(2).fill(`fabrikam DELETE ${SERVICE_PRINCIPAL}/appRoleAssignedTo/{id}`),
  },
  {
    name: 'the job paused',
    by: ({ principal }) => principal.job!.pause(),
    planned: [`update ${STATE}: drift; state "paused" -> "running"`],
    writes: [`fabrikam POST ${JOB}/start`],
  },
  {
    name: 'the job deleted',
    by: ({ principal }) => {
      principal.job = undefined
    },
    planned: [
      'create synchronization-job (fabrikam: job of To Contoso): missing; templateId null -> "Azure2Azure"',
      `update ${MAPPING}: missing; mapping.displayName "[displayName]" -> "Append([displayName], \\" (Fabrikam)\\")"; mapping.telephoneNumber "[telephoneNumber]" -> null`,
      `update ${FILTER}: missing; scope.where null -> ["department IS NOT NULL"]`,
      `update ${STATE}: missing; state null -> "running"`,
    ],
    writes: [
      `fabrikam POST ${SERVICE_PRINCIPAL}/synchronization/jobs`,
      ...SCHEMA_WRITES,
      ...SCHEMA_WRITES,
      `fabrikam POST ${JOB}/start`,
    ],
  },
]

/** Changes how people are mapped. */
function remap(between: Synchronized, change: (objects: ObjectMapping) => ObjectMapping): void {
  const { job } = between.principal
  const { synchronizationRules: rules } = job!.schema
  job!.schema = {
    ...job!.schema,
    synchronizationRules: rules.map((rule) => ({ ...rule, objectMappings: rule.objectMappings.map(change) })),
  }
}

function mapped(
  target: string,
  change: (mapping: AttributeMapping) => AttributeMapping[],
): (between: Synchronized) => void {
  return (between) =>
    remap(between, (objects) => ({
      ...objects,
      attributeMappings: objects.attributeMappings.flatMap((mapping) =>
        mapping.targetAttributeName === target ? change(mapping) : [mapping],
      ),
    }))
}

const CONSTANT = { type: 'Constant', name: 'x', expression: '"x"', parameters: [] } as const

const SCHEMA: readonly Drift[] = [
  {
    name: 'a mapping of the profile changed',
    by: mapped('displayName', (mapping) => [{ ...mapping, source: CONSTANT }]),
    planned: [
      `update ${MAPPING}: drift; mapping.displayName "\\"x\\"" -> "Append([displayName], \\" (Fabrikam)\\")"`,
    ],
    writes: SCHEMA_WRITES,
  },
  {
    name: 'a mapping of the profile removed',
    by: mapped('displayName', () => []),
    planned: [
      `update ${MAPPING}: drift; mapping.displayName null -> "Append([displayName], \\" (Fabrikam)\\")"`,
    ],
    writes: SCHEMA_WRITES,
  },
  {
    name: 'a mapping of the template changed',
    by: mapped('jobTitle', (mapping) => [{ ...mapping, source: CONSTANT }]),
    planned: [`update ${MAPPING}: drift; mapping.jobTitle "\\"x\\"" -> "[jobTitle]"`],
    writes: SCHEMA_WRITES,
  },
  {
    name: 'a mapping of the template removed',
    by: mapped('jobTitle', () => []),
    planned: [`update ${MAPPING}: drift; mapping.jobTitle null -> "[jobTitle]"`],
    writes: SCHEMA_WRITES,
  },
  {
    name: 'a mapping that the profile removes added again',
    by: mapped('city', (mapping) => [mapping, { ...mapping, targetAttributeName: 'telephoneNumber' }]),
    planned: [`update ${MAPPING}: drift; mapping.telephoneNumber "[city]" -> null`],
    writes: SCHEMA_WRITES,
  },
  {
    name: 'how an attribute flows changed',
    by: mapped('city', (mapping) => [{ ...mapping, flowType: 'ObjectAddOnly', defaultValue: 'Nowhere' }]),
    planned: [
      `update ${MAPPING}: drift; mapping.city.defaultValue "Nowhere" -> null; mapping.city.flowType "ObjectAddOnly" -> "Always"`,
    ],
    writes: SCHEMA_WRITES,
  },
  {
    name: 'the mapping of users switched off',
    by: (between) => remap(between, (objects) => ({ ...objects, enabled: false })),
    planned: [`update ${MAPPING}: drift; mapping enabled false -> true`],
    writes: SCHEMA_WRITES,
  },
  {
    name: 'the scoping filter taken away',
    by: (between) => remap(between, (objects) => ({ ...objects, scope: { ...objects.scope!, groups: [] } })),
    planned: [`update ${FILTER}: drift; scope.where null -> ["department IS NOT NULL"]`],
    writes: SCHEMA_WRITES,
  },
  {
    name: 'another group added to the scoping filter',
    by: (between) =>
      remap(between, (objects) => ({
        ...objects,
        scope: {
          ...objects.scope!,
          groups: [
            ...objects.scope!.groups,
            {
              name: 'By hand',
              clauses: [
                {
                  operatorName: 'EQUALS',
                  sourceOperandName: 'city',
                  targetOperand: { values: ['London', 'Paris'] },
                },
              ],
            },
          ],
        },
      })),
    planned: [
      `update ${FILTER}: drift; scope.where ["department IS NOT NULL","By hand: city EQUALS London, Paris"] -> ["department IS NOT NULL"]`,
    ],
    writes: SCHEMA_WRITES,
  },
]

export const DRIFTS: readonly Drift[] = [...POLICIES, ...APPLICATION, ...SCHEMA]

/** All that can differ at the same time. */
export function drift(between: Synchronized): void {
  for (const { name, by } of DRIFTS) if (!/taken away|removed$|deleted|mark/.test(name)) by(between)
  consents(between.target.partner(FABRIKAM), { inboundAllowed: false, outboundAllowed: false })
}
