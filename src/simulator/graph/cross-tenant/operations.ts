import type { Answer } from '../../service.ts'
import { createAssignment, deleteAssignment, listAssignments } from './application/assignments.ts'
import { deleteRegistration, listRegistrations, updateRegistration } from './application/registrations.ts'
import {
  deleteServicePrincipal,
  getServicePrincipal,
  listServicePrincipals,
  updateServicePrincipal,
} from './application/service-principals.ts'
import { getTemplate as getApplicationTemplate, instantiateTemplate } from './application/template.ts'
import type { Asked } from './asked.ts'
import { runDueCycles } from './cycle/due.ts'
import { listProvisioningLog } from './logs.ts'
import { getDefault, getOrganization, updateDefault } from './policy/default.ts'
import {
  deleteIdentitySynchronization,
  getIdentitySynchronization,
  putIdentitySynchronization,
  updateIdentitySynchronization,
} from './policy/identity-synchronization.ts'
import { createPartner, deletePartner, getPartner, listPartners, updatePartner } from './policy/partners.ts'
import { validateForJob, validateForTemplate } from './synchronization/credentials.ts'
import {
  createJob,
  deleteJob,
  getJob,
  listJobs,
  pauseJob,
  restartJob,
  startJob,
  updateJob,
} from './synchronization/jobs.ts'
import { provisionOnDemand } from './synchronization/on-demand.ts'
import { getSchema, patchSchema, putSchema } from './synchronization/schema.ts'
import { putSecrets } from './synchronization/secrets.ts'
import { getTemplate, listTemplates } from './synchronization/template.ts'

type Operation = (asked: Asked) => Answer

const PARTNERS = '/policies/crossTenantAccessPolicy/partners'
const ASSIGNED = '/servicePrincipals/{id}/appRoleAssignedTo'
const SYNCHRONIZATION = '/servicePrincipals/{id}/synchronization'
const JOB = `${SYNCHRONIZATION}/jobs/{id}`

/** By path and method. */
const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  '/applicationTemplates/{id}': { GET: getApplicationTemplate },
  '/applicationTemplates/{id}/instantiate': { POST: instantiateTemplate },
  '/applications': { GET: listRegistrations },
  '/applications/{id}': { PATCH: updateRegistration, DELETE: deleteRegistration },
  '/auditLogs/provisioning': { GET: listProvisioningLog },
  '/policies/crossTenantAccessPolicy/default': { GET: getDefault, PATCH: updateDefault },
  [PARTNERS]: { GET: listPartners, POST: createPartner },
  [`${PARTNERS}/{id}`]: { GET: getPartner, PATCH: updatePartner, DELETE: deletePartner },
  [`${PARTNERS}/{id}/identitySynchronization`]: {
    GET: getIdentitySynchronization,
    PUT: putIdentitySynchronization,
    PATCH: updateIdentitySynchronization,
    DELETE: deleteIdentitySynchronization,
  },
  '/servicePrincipals': { GET: listServicePrincipals },
  '/servicePrincipals/{id}': {
    GET: getServicePrincipal,
    PATCH: updateServicePrincipal,
    DELETE: deleteServicePrincipal,
  },
  [ASSIGNED]: { GET: listAssignments, POST: createAssignment },
  [`${ASSIGNED}/{id}`]: { DELETE: deleteAssignment },
  [`${SYNCHRONIZATION}/jobs`]: { GET: listJobs, POST: createJob },
  [`${SYNCHRONIZATION}/jobs/validateCredentials`]: { POST: validateForTemplate },
  [JOB]: { GET: getJob, PATCH: updateJob, DELETE: deleteJob },
  [`${JOB}/pause`]: { POST: pauseJob },
  [`${JOB}/provisionOnDemand`]: { POST: provisionOnDemand },
  [`${JOB}/restart`]: { POST: restartJob },
  [`${JOB}/schema`]: { GET: getSchema, PUT: putSchema, PATCH: patchSchema },
  [`${JOB}/start`]: { POST: startJob },
  [`${JOB}/validateCredentials`]: { POST: validateForJob },
  [`${SYNCHRONIZATION}/secrets`]: { PUT: putSecrets },
  [`${SYNCHRONIZATION}/templates`]: { GET: listTemplates },
  [`${SYNCHRONIZATION}/templates/{id}`]: { GET: getTemplate },
  '/tenantRelationships/multiTenantOrganization': { GET: getOrganization },
}

/** Is it one of the objects of cross-tenant synchronization? */
export function isOfCrossTenant(template: string): boolean {
  return template in OPERATIONS
}

/** @throws GraphRefused */
export function answerCrossTenant(asked: Asked): Answer {
  const { template } = asked.route
  const operation = OPERATIONS[template]?.[asked.request.method]
  if (!operation) throw new RangeError(`no operation for ${asked.request.method} ${template}`)
  const answer = operation(asked)
  // What was started begins before anybody can ask for it.
  runDueCycles(asked.world)
  return answer
}
