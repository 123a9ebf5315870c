import { describe, expect, test } from '@jest/globals'

import { EVENTUAL, SEED, TENANT, names, practice } from './practice.ts'
import type { Seed } from '../../seed.ts'

/** As the seed, with this many people in all. */
function crowd(count: number): Seed {
  const users = Array.from({ length: count }, (_, index) => ({
    userPrincipalName: `u${index}@fabrikam.com`,
    displayName: `User ${index}`,
    mail: `u${index}@fabrikam.com`,
  }))
  return { tenants: { fabrikam: { ...SEED.tenants!['fabrikam']!, users, groups: [] } } }
}

describe('pages', () => {
  test('hold 100 by default, and end in an absolute link until the last', async () => {
    const { ask, world } = practice(crowd(250))
    const sizes: number[] = []
    const links: (string | undefined)[] = []
    let link: string | undefined = '/v1.0/users'
    while (link) {
      const { body } = await ask(link)
      sizes.push(body.value.length)
      link = body['@odata.nextLink']
      links.push(link)
    }
    expect(sizes).toEqual([100, 100, 50])
    const absolute = expect.stringMatching(`^${world.origin}/v1\\.0/users\\?`)
    expect(links).toEqual([absolute, absolute, undefined])
  })

  test('keep select and top over the links, and never show a row twice', async () => {
    const { ask } = practice(crowd(30))
    const seen: string[] = []
    let link: string | undefined = '/v1.0/users?$select=displayName&$top=7'
    while (link) {
      const { body } = await ask(link)
      for (const row of body.value) expect(Object.keys(row)).toEqual(['displayName'])
      seen.push(...names({ status: 200, headers: {}, body }))
      link = body['@odata.nextLink']
    }
    expect(new Set(seen).size).toBe(30)
    expect(seen).toHaveLength(30)
  })

  test.each(['0', '1000', '-1'])('of %s rows are refused', async (top) => {
    const { ask } = practice()
    const { status, body } = await ask(`/v1.0/users?$top=${top}`)
    expect([status, body.error.code, body.error.message]).toEqual([
      400,
      'Request_UnsupportedQuery',
      `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
    ])
  })

  test('hold 100 at most with $expand, whatever $top says', async () => {
    const { ask } = practice(crowd(250))
    const { body } = await ask('/v1.0/users?$top=999&$expand=manager')
    expect(body.value).toHaveLength(100)
  })

  test('are not skipped to', async () => {
    const { ask } = practice()
    const { status, body } = await ask('/v1.0/users?$skip=1')
    expect([status, body.error.message]).toEqual([400, "'$skip' is not supported by the service."])
  })

  test('expire: a token that leads nowhere is refused', async () => {
    const { ask } = practice()
    const { status, body } = await ask('/v1.0/users?$skiptoken=nonsense')
    expect([status, body.error.code]).toEqual([400, 'Directory_ExpiredPageToken'])
  })

  test('want the header of an advanced query again, for a link carries no headers', async () => {
    const { ask } = practice(crowd(5))
    const first = await ask('/v1.0/users?$top=2&$count=true', { headers: EVENTUAL })
    expect(first.body['@odata.count']).toBe(5)
    const link = first.body['@odata.nextLink']
    expect((await ask(link)).body.error.code).toBe('Directory_ExpiredPageToken')
    const second = await ask(link, { headers: EVENTUAL })
    expect(second.status).toBe(200)
    expect(second.body['@odata.count']).toBeUndefined()
  })
})

describe('$select', () => {
  test('left out shows the eleven defaults of a user', async () => {
    const { ask } = practice()
    const { body } = await ask('/v1.0/users')
    expect(Object.keys(body.value[0]).toSorted()).toEqual(
      'businessPhones displayName givenName id jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName'.split(
        ' ',
      ),
    )
  })

  test('shows what is not set as null, and an unset list as empty', async () => {
    const { ask } = practice()
    const { body } = await ask('/v1.0/users/ada@fabrikam.com?$select=jobTitle,businessPhones,companyName')
    expect(body).toMatchObject({ jobTitle: null, businessPhones: [], companyName: 'Fabrikam' })
  })

  test('of an unknown property is refused', async () => {
    const { ask } = practice()
    const { status, body } = await ask('/v1.0/users?$select=shoeSize')
    expect([status, body.error.code, body.error.message]).toEqual([
      400,
      'BadRequest',
      "Parsing OData Select and Expand failed: Could not find a property named 'shoeSize' on type 'microsoft.graph.user'.",
    ])
  })

  test('of a member of onPremisesExtensionAttributes is refused: it comes as a whole', async () => {
    const { ask } = practice()
    expect((await ask('/v1.0/users?$select=extensionAttribute1')).status).toBe(400)
    const { body } = await ask('/v1.0/users/ada@fabrikam.com?$select=onPremisesExtensionAttributes')
    expect(body.onPremisesExtensionAttributes).toMatchObject({
      extensionAttribute1: 'poet',
      extensionAttribute2: null,
    })
  })

  test('of what lives in another store is not implemented on a collection', async () => {
    const { ask } = practice()
    expect((await ask('/v1.0/users?$select=aboutMe')).status).toBe(501)
    expect((await ask('/v1.0/users/ada@fabrikam.com?$select=aboutMe')).status).toBe(200)
  })
})

describe('$expand', () => {
  test('of the manager shows the manager, or nothing where there is none', async () => {
    const { ask } = practice()
    const { body } = await ask('/v1.0/users?$select=displayName&$expand=manager($select=id,displayName)')
    expect(body.value[0].manager).toEqual({
      '@odata.type': '#microsoft.graph.user',
      id: expect.any(String),
      displayName: 'Charles Babbage',
    })
    expect(body.value[1]).toEqual({ displayName: 'Charles Babbage' })
  })

  test('takes one relationship only, and only one that there is', async () => {
    const { ask } = practice()
    expect((await ask('/v1.0/users?$expand=manager,memberOf')).body.error.message).toBe(
      'The result of parsing $expand contained at least 2 items, but the maximum allowed is 1.',
    )
    expect((await ask('/v1.0/users?$expand=boss')).body.error.message).toContain(
      "Could not find a property named 'boss' on type 'microsoft.graph.user'",
    )
  })

  test('does not go with an advanced filter', async () => {
    const { ask } = practice()
    const path = "/v1.0/users?$count=true&$expand=manager&$filter=companyName eq 'Fabrikam'"
    expect((await ask(path, { headers: EVENTUAL })).body.error.code).toBe('Request_UnsupportedQuery')
  })
})

describe('$count, $orderby and $search', () => {
  test('a count needs the header', async () => {
    const { ask } = practice()
    const { status, body } = await ask('/v1.0/users/$count')
    expect([status, body.error.message]).toEqual([400, '$count is not currently supported.'])
    const counted = await ask("/v1.0/users/$count?$filter=startsWith(displayName,'A')", { headers: EVENTUAL })
    expect([counted.headers['content-type'], counted.body]).toEqual(['text/plain', '1'])
  })

  test('$count=true without the header is ignored', async () => {
    const { ask } = practice()
    expect((await ask('/v1.0/users?$count=true')).body['@odata.count']).toBeUndefined()
  })

  test('sorts by a few properties, with a filter only in advanced queries', async () => {
    const { ask } = practice()
    expect(names(await ask('/v1.0/users?$orderby=displayName desc'))).toEqual([
      'Robot',
      "Mary O'Neill",
      'Charles Babbage',
      'Ada Lovelace',
    ])
    expect((await ask('/v1.0/users?$orderby=mail')).status).toBe(400)
    const both = "/v1.0/users?$count=true&$orderby=displayName&$filter=department eq 'engines'"
    expect((await ask(both)).body.error.code).toBe('Request_UnsupportedQuery')
    expect(names(await ask(both, { headers: EVENTUAL }))).toEqual(['Ada Lovelace', 'Charles Babbage'])
  })

  test('searches by words, with the header', async () => {
    const { ask } = practice()
    expect((await ask('/v1.0/users?$search="displayName:love"')).body.error.message).toBe(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    )
    expect(names(await ask('/v1.0/users?$search="displayName:love"', { headers: EVENTUAL }))).toEqual([
      'Ada Lovelace',
    ])
  })

  test('an option that there is not is refused', async () => {
    const { ask } = practice()
    expect((await ask('/v1.0/users?$apply=x')).status).toBe(400)
  })
})

describe('the tenant itself', () => {
  test('names its domains, the initial one among them', async () => {
    const { ask } = practice()
    const { body } = await ask('/v1.0/organization?$select=id,verifiedDomains')
    expect(body.value[0].id).toBe(TENANT)
    const domains = await ask('/v1.0/domains')
    expect(domains.body.value.map(({ id, isInitial }: any) => [id, isInitial])).toEqual([
      ['fabrikam.onmicrosoft.com', true],
      ['fabrikam.com', false],
    ])
  })
})
