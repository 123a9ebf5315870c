/** Test-MigrationServerAvailability: would a move through this endpoint be let through? */
import { resolve } from '../identity.ts'
import { organizationFault } from '../migration/authorization.ts'
import { readiness } from '../migration/readiness.ts'
import { RECIPIENT_TYPES } from '../recipient.ts'
import { columns, plainOutput, type Plain } from '../rows/plain.ts'
import { View } from '../rows/view.ts'
import { textParameter, type Cmdlet } from './cmdlet.ts'
import { endpointNamed } from './migration-endpoint.ts'

const VIEW = new View<Plain>([
  ...columns('text', ['Result', 'Message', 'ErrorDetail', 'Identity', 'ObjectState']),
  ...columns('flag', ['SupportsCutover', 'IsValid']),
])

export const TEST_MIGRATION_SERVER: Cmdlet = {
  name: 'Test-MigrationServerAvailability',
  carries: new Set(['Endpoint', 'TestMailbox', 'Confirm']),
  run(call) {
    const { world, tenant, parameters } = call
    const endpoint = endpointNamed(call, textParameter(parameters, 'Endpoint')!)
    let fault = organizationFault(world, tenant, endpoint)
    const mailbox = textParameter(parameters, 'TestMailbox')
    if (mailbox !== undefined) {
      const recipient = resolve(tenant.recipients, mailbox, RECIPIENT_TYPES, (one) => call.visible(one))
      if (fault === undefined) {
        const ready = readiness(world, tenant, endpoint, recipient)
        if (typeof ready === 'string') fault = ready
      }
    }
    const outcome =
      fault === undefined
        ? { Result: 'Success' }
        : { Result: 'Failed', Message: fault, ErrorDetail: `MigrationPermanentException: ${fault}` }
    return plainOutput(VIEW, [{ ...outcome, ObjectState: 'New', IsValid: true }])
  },
}
