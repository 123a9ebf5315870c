import { describe, expect, test } from '@jest/globals'

import { IMMUTABLE, mailboxPractice, refusal } from './practice.ts'

describe('the id of a contact', () => {
  test('is immutable when the header asks for it, on every request', async () => {
    const { get, mailbox } = mailboxPractice()
    const [contact] = mailbox.contacts()
    const plain = await get('/contacts')
    const immutable = await get('/contacts', { headers: IMMUTABLE })
    expect(plain.body.value[0].id).toBe(contact!.idOf('default'))
    expect(plain.headers['preference-applied']).toBeUndefined()
    expect(immutable.body.value[0].id).toBe(contact!.id)
    expect(immutable.headers['preference-applied']).toBe('IdType="ImmutableId"')
  })

  test('is long, fit for a URL, and has an equals sign', () => {
    const { mailbox } = mailboxPractice()
    const [contact] = mailbox.contacts()
    for (const id of [contact!.id, contact!.idOf('default')]) expect(id).toMatch(/^[\w-]{140,160}=$/)
  })

  test('changes with a move, the immutable one does not', async () => {
    const { get, mailbox } = mailboxPractice()
    const [contact] = mailbox.contacts()
    const [before, immutable] = [contact!.idOf('default'), contact!.id]
    mailbox.moveContact(contact!, mailbox.folderNamed('Colleagues')!)
    expect(refusal(await get(`/contacts/${before}`))).toEqual([404, 'ErrorItemNotFound'])
    const { body } = await get(`/contacts/${immutable}`)
    expect(body).toMatchObject({ displayName: 'Her Mother', parentFolderId: contact!.folder.id })
    expect(body.id).not.toBe(before)
  })

  test('is told apart by its letters, and by its mailbox', async () => {
    const { get, ask, mailbox } = mailboxPractice()
    const [contact] = mailbox.contacts()
    const other = contact!.id.slice(0, 4) + contact!.id.slice(4).toLowerCase()
    expect(refusal(await get(`/contacts/${other}`))).toEqual([404, 'ErrorItemNotFound'])
    expect(refusal(await ask(`/v1.0/users/charles@fabrikam.com/contacts/${contact!.id}`))).toEqual([
      404,
      'ErrorItemNotFound',
    ])
  })

  test.each(['nonsense', 'AAkA', 'a b', `AAkA${'x'.repeat(300)}=`])('is not %s', async (id) => {
    const { get } = mailboxPractice()
    const reply = await get(`/contacts/${encodeURIComponent(id)}`)
    expect(refusal(reply)).toEqual([400, 'ErrorInvalidIdMalformed'])
    expect(reply.body.error.message).toBe('Id is malformed.')
  })
})
