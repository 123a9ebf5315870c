import { describe, expect, test } from '@jest/globals'

import { names } from '../../__tests__/practice.ts'
import { mailboxPractice, refusal } from './practice.ts'

describe('contact folders', () => {
  test('are listed without the own one, which is there by its well-known name', async () => {
    const { get, mailbox } = mailboxPractice()
    expect(names(await get('/contactFolders'))).toEqual(['Colleagues', "O'Neill & Sons"])
    expect((await get('/contactFolders/Contacts')).body).toMatchObject({
      id: mailbox.contactsFolder.id,
      displayName: 'Contacts',
    })
    expect(names(await get('/contactFolders/contacts/childFolders'))).toHaveLength(2)
  })

  test('are found by name, without case', async () => {
    const { get, mailbox } = mailboxPractice()
    mailbox.addFolder('colleagues')
    const by = (filter: string) =>
      get(`/contactFolders?$select=id,displayName&$filter=${encodeURIComponent(filter)}`)
    expect(names(await by("displayName eq 'COLLEAGUES'"))).toEqual(['Colleagues', 'colleagues'])
    expect(names(await by("displayName eq 'O''Neill & Sons'"))).toEqual(["O'Neill & Sons"])
    expect(refusal(await by("parentFolderId eq 'x'"))).toEqual([400, 'ErrorInvalidUrlQueryFilter'])
  })

  test('are listed in pages and in order', async () => {
    const { get, ask } = mailboxPractice()
    const first = await get('/contactFolders?$top=1&$orderby=displayName desc')
    expect(names(first)).toEqual(["O'Neill & Sons"])
    expect(names(await ask(first.body['@odata.nextLink']))).toEqual(['Colleagues'])
  })

  test('are made once of a name at a place', async () => {
    const { post, get } = mailboxPractice()
    const made = await post('/contactFolders', { displayName: 'Partners' })
    expect(made.status).toBe(201)
    for (const displayName of ['partners', 'Contacts']) {
      const reply = await post('/contactFolders', { displayName })
      expect(refusal(reply)).toEqual([409, 'ErrorFolderExists'])
      expect(reply.body.error.message).toBe('A folder with the specified name already exists.')
    }
    const child = await post(`/contactFolders/${made.body.id}/childFolders`, { displayName: 'Partners' })
    expect(child.body.parentFolderId).toBe(made.body.id)
    expect(names(await get(`/contactFolders/${made.body.id}/childFolders`))).toEqual(['Partners'])
    expect(names(await get('/contactFolders'))).toEqual(['Colleagues', "O'Neill & Sons", 'Partners'])
  })

  test.each([
    [{ displayName: 'x', color: 'red' }, 'RequestBodyRead'],
    [{ displayName: ' ' }, 'UnableToDeserializePostBody'],
    [{}, 'UnableToDeserializePostBody'],
  ])('are not made of %o', async (body, code) => {
    const { post } = mailboxPractice()
    expect(refusal(await post('/contactFolders', body))).toEqual([400, code])
  })

  test('are renamed, but not to a name that is taken', async () => {
    const { patch, mailbox } = mailboxPractice()
    const folder = mailbox.folderNamed('Colleagues')!
    const path = `/contactFolders/${folder.id}`
    expect((await patch(path, { displayName: 'COLLEAGUES' })).body.displayName).toBe('COLLEAGUES')
    expect(refusal(await patch(path, { displayName: "o'neill & sons" }))).toEqual([409, 'ErrorFolderExists'])
  })

  test('are deleted with all that is in them; the own one is not', async () => {
    const { remove, get, mailbox } = mailboxPractice()
    const folder = mailbox.folderNamed('Colleagues')!
    mailbox.addFolder('Within', folder)
    const charles = mailbox.contactNamed('Charles Babbage')!
    expect((await remove(`/contactFolders/${folder.id}`)).status).toBe(204)
    expect(refusal(await get(`/contacts/${charles.id}`))).toEqual([404, 'ErrorItemNotFound'])
    expect(mailbox.folders.map(({ displayName }) => displayName)).toEqual(["O'Neill & Sons"])
    expect(refusal(await remove('/contactFolders/contacts'))).toEqual([400, 'ErrorDeleteDistinguishedFolder'])
  })
})
