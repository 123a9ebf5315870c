import { describe, expect, test } from '@jest/globals'

import { EVENTUAL, names, practice } from './practice.ts'

async function staff(ask: ReturnType<typeof practice>['ask']): Promise<string> {
  const { body } = await ask("/v1.0/groups?$filter=displayName eq 'all staff'&$select=id")
  return body.value[0].id
}

describe('members of a group', () => {
  test('are those directly in it, groups too', async () => {
    const { ask } = practice()
    const { body } = await ask(`/v1.0/groups/${await staff(ask)}/members?$select=displayName`)
    expect(body.value).toEqual([
      { '@odata.type': '#microsoft.graph.group', displayName: 'Engineers' },
      { '@odata.type': '#microsoft.graph.user', displayName: "Mary O'Neill" },
    ])
  })

  test('are, transitively, those of its groups as well, each once', async () => {
    const { ask } = practice()
    const reply = await ask(`/v1.0/groups/${await staff(ask)}/transitiveMembers?$select=displayName`)
    expect(names(reply).toSorted()).toEqual([
      'Ada Lovelace',
      'Charles Babbage',
      'Engineers',
      'Grace Hopper',
      "Mary O'Neill",
    ])
  })

  test('are cast to one type, and then filtered only in advanced queries', async () => {
    const { ask } = practice()
    const cast = `/v1.0/groups/${await staff(ask)}/transitiveMembers/microsoft.graph.user`
    expect(names(await ask(cast)).toSorted()).toEqual(['Ada Lovelace', 'Charles Babbage', "Mary O'Neill"])
    const filtered = `${cast}?$count=true&$filter=userType eq 'Guest'`
    expect((await ask(filtered)).body.error.code).toBe('Request_UnsupportedQuery')
    expect(names(await ask(filtered, { headers: EVENTUAL }))).toEqual(["Mary O'Neill"])
  })

  test('are counted', async () => {
    const { ask } = practice()
    const { body } = await ask(`/v1.0/groups/${await staff(ask)}/transitiveMembers/$count`, {
      headers: EVENTUAL,
    })
    expect(body).toBe('5')
  })

  test('may go round in a circle', async () => {
    const { ask, tenant } = practice()
    const id = await staff(ask)
    const { body } = await ask("/v1.0/groups?$filter=displayName eq 'Engineers'")
    const engineers = body.value[0].id
    tenant.directory.setMembers(engineers, [...tenant.directory.membersOf(engineers), id])
    const { body: members } = await ask(`/v1.0/groups/${id}/transitiveMembers`)
    expect(members.value).toHaveLength(5)
  })
})

describe('a manager', () => {
  test('is a user', async () => {
    const { ask } = practice()
    const { body } = await ask('/v1.0/users/ada@fabrikam.com/manager?$select=displayName')
    expect(body).toMatchObject({ '@odata.type': '#microsoft.graph.user', displayName: 'Charles Babbage' })
  })

  test('that is not set is not found', async () => {
    const { ask } = practice()
    const { status, body } = await ask('/v1.0/users/charles@fabrikam.com/manager')
    expect([status, body.error.message]).toEqual([
      404,
      "Resource 'manager' does not exist or one of its queried reference-property objects are not present.",
    ])
  })
})

describe('an organizational contact', () => {
  test('is the mail contact of Exchange', async () => {
    const { ask, tenant } = practice()
    const { body } = await ask('/v1.0/contacts')
    const [contact] = tenant.recipients.ofType('MailContact')
    expect(body.value).toEqual([
      expect.objectContaining({
        id: contact?.objectId,
        displayName: 'Grace Hopper',
        mail: 'grace@navy.mil',
        jobTitle: 'Admiral',
        companyName: null,
        phones: [{ type: 'mobile', number: '+1 555 0100' }],
        addresses: [expect.objectContaining({ city: 'Arlington', street: null })],
        proxyAddresses: ['SMTP:grace@navy.mil'],
      }),
    ])
    expect((await ask(`/v1.0/contacts/${contact?.objectId}?$select=mail`)).body.mail).toBe('grace@navy.mil')
  })

  test('changes and goes with it', async () => {
    const { ask, tenant, world } = practice()
    const [contact] = tenant.recipients.ofType('MailContact')
    tenant.recipients.update(contact!.guid, { Title: 'Rear Admiral' }, world.now())
    expect((await ask('/v1.0/contacts')).body.value[0].jobTitle).toBe('Rear Admiral')
    tenant.recipients.remove(contact!.guid)
    expect((await ask('/v1.0/contacts')).body.value).toEqual([])
  })
})
