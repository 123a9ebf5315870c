import type { Need } from '../microsoft/need.ts'
import type { PersonField } from '../people/person.ts'
import { entraNeeds } from './entra/needs.ts'
import { exchangeNeeds } from './exchange/needs.ts'
import type { From } from './schema.ts'

/**
 * What reading a profile's sources takes, tenant by tenant. A source outside the tenants needs nothing of them.
 * @param fields what expressions read of a person.
 */
export function sourceNeeds(from: From, fields: ReadonlySet<PersonField>): Need[] {
  return from.flatMap((source) => {
    if ('entra' in source) return entraNeeds(source, fields)
    return 'exchange' in source ? exchangeNeeds(source) : []
  })
}
