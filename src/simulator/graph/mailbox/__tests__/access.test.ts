import { describe, expect, test } from '@jest/globals'

import { mailboxPractice, refusal } from './practice.ts'

const contacts = (user: string) => `/v1.0/users/${encodeURIComponent(user)}/contacts`

describe('a mailbox is reached', () => {
  test.each(['ada@fabrikam.com', 'ADA@fabrikam.com', 'desk@fabrikam.com'])('as %s', async (user) => {
    const { ask } = mailboxPractice()
    expect((await ask(contacts(user))).status).toBe(200)
  })

  test('by its user’s object id', async () => {
    const { ask, tenant } = mailboxPractice()
    expect((await ask(contacts(tenant.directory.user('ada@fabrikam.com')!.id))).body.value).toHaveLength(1)
  })
})

describe('a mailbox is not reached', () => {
  test.each([
    ['new@fabrikam.com', 'MailboxNotEnabledForRESTAPI'],
    ['old@fabrikam.com', 'MailboxNotEnabledForRESTAPI'],
    ['robot@fabrikam.com', 'MailboxNotEnabledForRESTAPI'],
    ['mary_contoso.com#EXT#@fabrikam.onmicrosoft.com', 'ErrorInvalidUser'],
    ['nobody@fabrikam.com', 'ErrorInvalidUser'],
    ['00000000-0000-4000-8000-000000000000', 'Request_ResourceNotFound'],
  ])('of %s: %s', async (user, code) => {
    const { ask } = mailboxPractice()
    expect(refusal(await ask(contacts(user)))).toEqual([404, code])
  })

  test('once it is taken away, nor when its user is', async () => {
    const { ask, tenant } = mailboxPractice()
    tenant.mailboxes.remove('ada@fabrikam.com')
    expect(refusal(await ask(contacts('ada@fabrikam.com')))).toEqual([404, 'MailboxNotEnabledForRESTAPI'])
    tenant.directory.removeUser('charles@fabrikam.com')
    expect(refusal(await ask(contacts('charles@fabrikam.com')))).toEqual([404, 'ErrorInvalidUser'])
    expect(tenant.mailboxes.of('charles@fabrikam.com')).toBeUndefined()
  })
})

describe('an app', () => {
  test('without the permission is refused in the words of Outlook', async () => {
    const { ask } = mailboxPractice()
    const reply = await ask(contacts('ada@fabrikam.com'), { as: 'stranger' })
    expect(refusal(reply)).toEqual([403, 'ErrorAccessDenied'])
    expect(reply.body.error.message).toBe('Access is denied. Check credentials and try again.')
  })

  test('that may read may not write', async () => {
    const { get, post, mailbox } = mailboxPractice()
    expect((await get('/contacts', { as: 'reader' })).status).toBe(200)
    expect(refusal(await post('/contacts', { displayName: 'x' }, { as: 'reader' }))).toEqual([
      403,
      'ErrorAccessDenied',
    ])
    expect(mailbox.contactNamed('x')).toBeUndefined()
  })

  test('that a policy keeps to some mailboxes does not reach the others', async () => {
    const { ask } = mailboxPractice()
    const as = 'kept-to-ada'
    expect((await ask(contacts('ada@fabrikam.com'), { as })).status).toBe(200)
    const reply = await ask(contacts('charles@fabrikam.com'), { as })
    expect(refusal(reply)).toEqual([403, 'ErrorAccessDenied'])
    expect(reply.body.error.message).toContain('AppOnly AccessPolicy')
  })

  test('finds the methods a path has, and no others', async () => {
    const { ask } = mailboxPractice()
    for (const [method, path] of [
      ['PUT', contacts('ada@fabrikam.com')],
      ['POST', `${contacts('ada@fabrikam.com')}/delta`],
      ['PUT', '/v1.0/users/ada@fabrikam.com/photo/$value'],
    ] as const)
      expect((await ask(path, { method, body: {} })).status).toBe(405)
    expect((await ask('/v1.0/users/ada@fabrikam.com/contactFolders/$count')).status).toBe(400)
    expect((await ask(`${contacts('ada@fabrikam.com')}/microsoft.graph.user`)).status).toBe(400)
  })
})

test('requests are recorded by the shape of their path, with or without what they held', async () => {
  const { post, patch, desk, world, mailbox } = mailboxPractice()
  await post('/contacts', { displayName: 'x' })
  world.behaviour.recordBodies = false
  const folder = mailbox.folderNamed('Colleagues')!
  const [contact] = mailbox.contacts(folder)
  await patch(`/contactFolders/${folder.id}/contacts/${contact!.id}`, { displayName: 'x' })
  expect(desk.requests).toMatchObject([
    {
      operation: '/users/{id}/contacts',
      method: 'POST',
      write: true,
      body: { displayName: 'x' },
      status: 201,
    },
    { operation: '/users/{id}/contactFolders/{id}/contacts/{id}', write: true, body: '', status: 200 },
  ])
})
