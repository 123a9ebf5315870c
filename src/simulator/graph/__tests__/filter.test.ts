import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { compileFilter } from '../query/filter.ts'
import { EVENTUAL, names, practice } from './practice.ts'

const filtered = (filter: string) => `/v1.0/users?$count=true&$filter=${encodeURIComponent(filter)}`

describe('a filter that works by default', () => {
  test.each([
    ["department eq 'engines'", ['Ada Lovelace', 'Charles Babbage']],
    ["displayName eq 'Mary O''Neill'", ["Mary O'Neill"]],
    ["startsWith(displayName,'CHARLES')", ['Charles Babbage']],
    ["startswith(mail, 'ada')", ['Ada Lovelace']],
    ['accountEnabled eq false', ['Robot']],
    ["userType eq 'Guest'", ["Mary O'Neill"]],
    ["mail in ('ada@fabrikam.com', 'mary@contoso.com')", ['Ada Lovelace', "Mary O'Neill"]],
    ["proxyAddresses/any(p:p eq 'smtp:babbage@fabrikam.com')", ['Charles Babbage']],
    ["proxyAddresses/any (p:startsWith(p,'smtp:mary'))", ["Mary O'Neill"]],
    [
      "assignedPlans/any(x:x/servicePlanId eq 9aaf7827-d63c-4b61-89c3-182f06f82e5c and x/capabilityStatus eq 'Enabled')",
      ['Ada Lovelace', 'Charles Babbage'],
    ],
    [
      "department eq 'Engines' and (startsWith(displayName,'A') or startsWith(displayName,'R'))",
      ['Ada Lovelace'],
    ],
    ["surname eq 'x' or userType eq 'Guest' and accountEnabled eq true", ["Mary O'Neill"]],
  ])('%s', async (filter, expected) => {
    const { ask } = practice()
    expect(names(await ask(filtered(filter)))).toEqual(expected)
  })
})

describe('a filter that needs ConsistencyLevel: eventual and $count=true', () => {
  test.each([
    [
      "userType ne 'Guest'",
      "Filter operator 'NotEqualsMatch' is not supported.",
      ['Ada Lovelace', 'Charles Babbage', 'Robot'],
    ],
    [
      "NOT startsWith(displayName,'A')",
      "Filter operator 'Not' is not supported.",
      ['Charles Babbage', "Mary O'Neill", 'Robot'],
    ],
    [
      "endsWith(mail,'@contoso.com')",
      "Operator 'endsWith' is not supported because the 'ConsistencyLevel:eventual' header is missing. Refer to https://aka.ms/graph-docs/advanced-queries for more information",
      ["Mary O'Neill"],
    ],
    [
      "companyName eq 'Fabrikam'",
      "Unsupported or invalid query filter clause specified for property 'companyName' of resource 'User'.",
      ['Ada Lovelace'],
    ],
    [
      'department eq null',
      "Unsupported or invalid query filter clause specified for property 'department' of resource 'User'.",
      ["Mary O'Neill", 'Robot'],
    ],
    [
      'mail ne null',
      "Filter operator 'NotEqualsMatch' is not supported.",
      ['Ada Lovelace', 'Charles Babbage', "Mary O'Neill"],
    ],
    [
      "onPremisesExtensionAttributes/extensionAttribute1 eq 'poet'",
      "Unsupported or invalid query filter clause specified for property 'onPremisesExtensionAttributes' of resource 'User'.",
      ['Ada Lovelace'],
    ],
  ])('%s', async (filter, message, expected) => {
    const { ask } = practice()
    const { status, body } = await ask(filtered(filter))
    expect([status, body.error.code, body.error.message]).toEqual([400, 'Request_UnsupportedQuery', message])
    expect(names(await ask(filtered(filter), { headers: EVENTUAL }))).toEqual(expected)
    const countless = filtered(filter).replace('$count=true&', '')
    expect((await ask(countless, { headers: EVENTUAL })).status).toBe(400)
  })
})

describe('a filter that never works', () => {
  test.each([
    [
      "shoeSize eq '44'",
      "Invalid filter clause: Could not find a property named 'shoeSize' on type 'microsoft.graph.user'.",
    ],
    ['department eq', "Invalid filter clause: Syntax error at position 13 in 'department eq'."],
    ["department eq 'Sales", "Invalid filter clause: Syntax error at position 13 in 'department eq 'Sales'."],
    [
      "department eq 'a' department eq 'b'",
      "Invalid filter clause: Syntax error at position 18 in 'department eq 'a' department eq 'b''.",
    ],
    [
      "contains(displayName,'a')",
      "Invalid filter clause: An unknown function with name 'contains' was found.",
    ],
    [
      "accountEnabled eq 'true'",
      "Invalid filter clause: A binary operator with incompatible types was detected. Found operand types 'Edm.Boolean' and 'Edm.String' for operator kind 'Equal'.",
    ],
    [
      "faxNumber eq '1'",
      "Unsupported or invalid query filter clause specified for property 'faxNumber' of resource 'User'.",
    ],
    [
      "endsWith(displayName,'e')",
      "Unsupported or invalid query filter clause specified for property 'displayName' of resource 'User'.",
    ],
    [
      "proxyAddresses eq 'x'",
      "Unsupported or invalid query filter clause specified for property 'proxyAddresses' of resource 'User'.",
    ],
    [
      "displayName/any(d:d eq 'x')",
      'Invalid filter clause: Any/All may only be used following a collection.',
    ],
  ])('%s', async (filter, message) => {
    const { ask } = practice()
    const { status, body } = await ask(filtered(filter), { headers: EVENTUAL })
    expect([status, body.error.message]).toEqual([400, message])
  })
})

test('any text survives the quotes: what is asked for is what is compared', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (asked, other) => {
      const { test: holds } = compileFilter(`displayName eq '${asked.replaceAll("'", "''")}'`, 'user', false)
      expect(holds({ displayName: asked })).toBe(true)
      expect(holds({ displayName: other })).toBe(asked.toLowerCase() === other.toLowerCase())
    }),
  )
})

test('and, or and not are what logic says', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (a, b, c) => {
      const text = `accountEnabled eq true or onPremisesSyncEnabled eq true and not (isResourceAccount eq true)`
      const { test: holds, needsAdvanced } = compileFilter(text, 'user', true)
      expect(holds({ accountEnabled: a, onPremisesSyncEnabled: b, isResourceAccount: c })).toBe(
        a || (b && !c),
      )
      expect(needsAdvanced).toBe(true)
    }),
  )
})
