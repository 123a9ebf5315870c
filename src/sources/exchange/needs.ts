/** What an app needs to read recipients of a tenant from Exchange. */
import type { Need } from '../../microsoft/need.ts'
import { CALL_EXCHANGE, READ_EXCHANGE, READ_GROUP_MEMBERS } from '../../microsoft/permissions.ts'
import type { ExchangeFrom } from '../schema.ts'

export function exchangeNeeds({ exchange: tenant, groups, excludeGroups }: ExchangeFrom): Need[] {
  const needs: Need[] = [CALL_EXCHANGE, READ_EXCHANGE].map((privilege) => ({
    tenant,
    privilege,
    why: 'to read recipients',
  }))
  if (groups || excludeGroups)
    needs.push({ tenant, privilege: READ_GROUP_MEMBERS, why: 'to read who belongs to groups' })
  return needs
}
