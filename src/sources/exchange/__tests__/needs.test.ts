import { expect, test } from '@jest/globals'
import { sourceNeeds } from '../../needs.ts'
import type { ExchangeFrom } from '../../schema.ts'

const needs = (more: Partial<ExchangeFrom>) =>
  sourceNeeds(
    [{ exchange: 'fabrikam', include: ['user-mailboxes'], hidden: 'exclude', ...more }],
    new Set(),
  ).map(({ tenant, privilege, optional }) => `${tenant} ${privilege.name} ${optional ?? 'required'}`)

const EXCHANGE = ['fabrikam Exchange.ManageAsApp required', 'fabrikam Global Reader required']

test('recipients are read with a right of Exchange, and groups with one of Graph besides', () => {
  expect(needs({})).toEqual(EXCHANGE)
  const withGroups = [...EXCHANGE, 'fabrikam GroupMember.Read.All required']
  expect(needs({ groups: ['All'] })).toEqual(withGroups)
  expect(needs({ excludeGroups: ['Leavers'] })).toEqual(withGroups)
})
