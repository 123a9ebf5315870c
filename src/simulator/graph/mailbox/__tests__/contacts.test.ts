import { describe, expect, test } from '@jest/globals'

import { MARK, mailboxPractice, refusal } from './practice.ts'

const expanded = `$expand=singleValueExtendedProperties($filter=id eq '${MARK}')`

describe('a contact that is made', () => {
  test('is answered whole, and stands in the own folder', async () => {
    const { post, mailbox } = mailboxPractice()
    const { status, body } = await post('/contacts', {
      displayName: 'Grace Hopper',
      emailAddresses: [{ address: 'grace@navy.mil', name: 'Grace' }],
      businessAddress: { city: 'Arlington', street: null },
      categories: ['Company'],
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      '@odata.etag': expect.stringMatching(/^W\/".+"$/),
      id: expect.stringMatching(/^[\w-]{100,}=$/),
      parentFolderId: mailbox.contactsFolder.id,
      createdDateTime: expect.stringMatching(/^2026-11-20T21:00:0\dZ$/),
      displayName: 'Grace Hopper',
      fileAs: 'Grace Hopper',
      emailAddresses: [{ address: 'grace@navy.mil', name: 'Grace' }],
      primaryEmailAddress: { address: 'grace@navy.mil' },
      secondaryEmailAddress: null,
      businessAddress: { city: 'Arlington' },
      homeAddress: {},
      homePhones: [],
      jobTitle: null,
      categories: ['Company'],
    })
    expect(mailbox.contactNamed('Grace Hopper')?.folder).toBe(mailbox.contactsFolder)
  })

  test('may go to a folder', async () => {
    const { post, mailbox } = mailboxPractice()
    const folder = mailbox.folderNamed('colleagues')!
    const { body } = await post(`/contactFolders/${folder.id}/contacts`, { displayName: 'Grace' })
    expect(body.parentFolderId).toBe(folder.id)
    expect(mailbox.contactNamed('Grace')?.folder).toBe(folder)
  })

  test.each([
    [
      { givenName: 'Grace', middleName: 'Brewster', surname: 'Hopper' },
      'Grace Brewster Hopper',
      'Hopper, Grace',
    ],
    [{ givenName: 'Grace' }, 'Grace', 'Grace'],
    [
      { displayName: 'Amazing Grace', givenName: 'Grace', surname: 'Hopper' },
      'Amazing Grace',
      'Hopper, Grace',
    ],
    [{ displayName: 'Grace', fileAs: 'Hopper' }, 'Grace', 'Hopper'],
    [{ companyName: 'Navy' }, null, null],
  ])('from %o is called %s and filed as %s', async (sent, displayName, fileAs) => {
    const { post } = mailboxPractice()
    expect((await post('/contacts', sent)).body).toMatchObject({ displayName, fileAs })
  })

  test('shows its extended properties only when they are asked for', async () => {
    const { post, get } = mailboxPractice()
    const sent = { displayName: 'Grace', singleValueExtendedProperties: [{ id: MARK, value: 'mine' }] }
    const { body } = await post('/contacts', sent)
    expect(body).not.toHaveProperty('singleValueExtendedProperties')
    const found = await get(`/contacts/${body.id}?${expanded}`)
    expect(found.body.singleValueExtendedProperties).toEqual([{ id: MARK, value: 'mine' }])
  })
})

describe('a contact that is changed', () => {
  const made = async (properties: object) => {
    const practice = mailboxPractice()
    const contact = practice.mailbox.addContact({ ...properties })
    return { ...practice, contact, path: `/contacts/${contact.id}` }
  }

  test('keeps what is not named, and loses what is null or empty', async () => {
    const { patch, path, contact } = await made({
      displayName: 'Grace',
      jobTitle: 'Admiral',
      mobilePhone: '+1',
      businessPhones: ['+2', '+3'],
      categories: ['Navy'],
    })
    const { status, body } = await patch(path, { mobilePhone: null, businessPhones: ['+4'], categories: [] })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      jobTitle: 'Admiral',
      mobilePhone: null,
      businessPhones: ['+4'],
      categories: [],
    })
    expect(contact.properties).toEqual({ displayName: 'Grace', jobTitle: 'Admiral', businessPhones: ['+4'] })
  })

  test('has its address replaced whole', async () => {
    const { patch, path } = await made({ businessAddress: { city: 'Arlington', street: 'A' } })
    expect((await patch(path, { businessAddress: { city: 'Oslo' } })).body.businessAddress).toEqual({
      city: 'Oslo',
    })
  })

  test('is renamed by a part of its name, unless the display name is sent along', async () => {
    const { patch, path } = await made({
      displayName: 'Amazing Grace',
      givenName: 'Grace',
      surname: 'Hopper',
    })
    expect((await patch(path, { jobTitle: 'Admiral' })).body.displayName).toBe('Amazing Grace')
    expect((await patch(path, { surname: 'Murray' })).body.displayName).toBe('Grace Murray')
    const both = await patch(path, { surname: 'Hopper', displayName: 'Amazing Grace' })
    expect(both.body).toMatchObject({ surname: 'Hopper', displayName: 'Amazing Grace' })
    expect((await patch(path, { givenName: null, surname: null })).body.displayName).toBeNull()
  })

  test('keeps the extended properties that are not named', async () => {
    const other = 'Integer {8f1c6a52-3f0e-4c0b-9a53-6f2f6d1b7c11} Id 0x8012'
    const { patch, path, contact } = await made({ singleValueExtendedProperties: [{ id: MARK, value: 'a' }] })
    const set = (id: string, value: string | null) =>
      patch(path, { singleValueExtendedProperties: [{ id, value }] })
    await set(other, '7')
    await set(MARK.replace('8f1c', '8F1C'), 'b')
    expect(contact.properties['singleValueExtendedProperties']).toEqual([
      { id: other, value: '7' },
      { id: MARK.replace('8f1c', '8F1C'), value: 'b' },
    ])
    await set(other, null)
    expect(contact.properties['singleValueExtendedProperties']).toHaveLength(1)
  })

  test('gets another change key, and is not changed by who knows an old one', async () => {
    const { patch, remove, path, contact } = await made({ displayName: 'Grace' })
    const { body } = await patch(path, { jobTitle: 'Admiral' })
    const old = { headers: { 'if-match': body['@odata.etag'] } }
    expect(refusal(await patch(path, { jobTitle: 'Captain' }, old))).toEqual([200, undefined])
    expect(refusal(await patch(path, { jobTitle: 'Cook' }, old))).toEqual([412, 'ErrorIrresolvableConflict'])
    expect(refusal(await remove(path, old))).toEqual([412, 'ErrorIrresolvableConflict'])
    expect(contact.properties['jobTitle']).toBe('Captain')
  })

  test('does not change what shares its properties', async () => {
    const { patch, mailbox, tenant } = mailboxPractice()
    const shared = { displayName: 'Grace', emailAddresses: [{ name: 'G', address: 'g@navy.mil' }] }
    const mine = mailbox.addContact(shared)
    const other = tenant.mailboxes.of('charles@fabrikam.com')!.addContact(shared)
    await patch(`/contacts/${mine.id}`, { displayName: 'Not Grace', emailAddresses: [] })
    expect(other.properties).toEqual({
      displayName: 'Grace',
      emailAddresses: [{ name: 'G', address: 'g@navy.mil' }],
    })
  })
})

test('a contact that is deleted is gone, whatever the folder the path names', async () => {
  const { remove, get, mailbox } = mailboxPractice()
  const charles = mailbox.contactNamed('Charles Babbage')!
  const wrong = `/contactFolders/${mailbox.contactsFolder.id}/contacts/${charles.id}`
  expect(refusal(await remove(wrong))).toEqual([404, 'ErrorItemNotFound'])
  const right = `/contactFolders/${charles.folder.id}/contacts/${charles.id}`
  expect((await get(right)).status).toBe(200)
  expect((await remove(`/contacts/${charles.id}`)).status).toBe(204)
  expect(refusal(await get(right))).toEqual([404, 'ErrorItemNotFound'])
  expect(refusal(await remove(`/contacts/${charles.id}`))).toEqual([404, 'ErrorItemNotFound'])
})

describe('what Outlook keeps in its own way', () => {
  test.each<[string, object, object]>([
    [
      'an address without a name',
      { emailAddresses: [{ address: 'a@b.c' }] },
      { emailAddresses: [{ name: 'a@b.c', address: 'a@b.c' }] },
    ],
    [
      'an address with a comma',
      { emailAddresses: [{ address: 'a,b@c.d' }, { address: 'a@b.c', name: 'A' }] },
      { emailAddresses: [{ name: 'A', address: 'a@b.c' }] },
    ],
    ['a birthday', { birthday: '1906-12-09T00:00:00Z' }, { birthday: '1906-12-09T11:59:00Z' }],
    ['lines of notes', { personalNotes: 'a\nb\r\nc' }, { personalNotes: 'a\r\nb\r\nc' }],
    ['an empty text', { nickName: '' }, { nickName: '' }],
    ['an empty address', { homeAddress: { city: null } }, { homeAddress: {} }],
    [
      'annotations',
      { '@odata.type': '#microsoft.graph.contact', 'birthday@odata.type': 'x', title: 'Dr' },
      { title: 'Dr' },
    ],
  ])('%s', async (_, sent, kept) => {
    const { post } = mailboxPractice()
    const { status, body } = await post('/contacts', sent)
    expect([status, body]).toEqual([201, expect.objectContaining(kept)])
  })
})

describe('a contact is refused with', () => {
  test.each<[string, unknown, string, string]>([
    [
      'a property there is not',
      { nickname: 'x' },
      'RequestBodyRead',
      "The property 'nickname' does not exist on type 'microsoft.graph.contact'",
    ],
    ['a part of an address there is not', { homeAddress: { town: 'x' } }, 'RequestBodyRead', "'town'"],
    ['a number for a text', { jobTitle: 7 }, 'UnableToDeserializePostBody', ''],
    ['a text for a list', { businessPhones: '+1' }, 'UnableToDeserializePostBody', ''],
    ['null for a list', { categories: null }, 'UnableToDeserializePostBody', ''],
    ['null in a list', { categories: [null] }, 'UnableToDeserializePostBody', ''],
    ['a text for an address', { emailAddresses: ['a@b.c'] }, 'UnableToDeserializePostBody', ''],
    ['a date for a time', { birthday: '1906-12-09' }, 'UnableToDeserializePostBody', ''],
    ['what the service gives', { parentFolderId: 'x' }, 'ErrorInvalidPropertySet', ''],
    ['a list for a body', [], 'UnableToDeserializePostBody', ''],
    ['no JSON', '{', 'UnableToDeserializePostBody', ''],
    ['nothing', '', 'BadRequest', 'Empty Payload'],
    [
      'an extended property without a value',
      { singleValueExtendedProperties: [{ id: MARK }] },
      'UnableToDeserializePostBody',
      '',
    ],
    [
      'an extended property of no known form',
      { singleValueExtendedProperties: [{ id: 'mark', value: 'x' }] },
      'ErrorInvalidExtendedProperty',
      '',
    ],
    [
      'four addresses',
      { emailAddresses: ['a', 'b', 'c', 'd'].map((name) => ({ address: `${name}@x.y` })) },
      'ErrorInvalidArgument',
      'The multi value property EmailAddresses has 4 entries, that exceeds the max allowed value of 3',
    ],
    [
      'three business phones',
      { businessPhones: ['1', '2', '3'] },
      'ErrorInvalidArgument',
      'The multi value property BusinessPhones has 3 entries, that exceeds the max allowed value of 2',
    ],
    [
      'three home phones',
      { homePhones: ['1', '2', '3'] },
      'ErrorInvalidArgument',
      'HomePhones has 3 entries',
    ],
  ])('%s', async (_, sent, code, message) => {
    const { post, patch, mailbox } = mailboxPractice()
    const before = mailbox.snapshot()
    const path = `/contacts/${mailbox.contactNamed('Her Mother')!.id}`
    for (const reply of [await post('/contacts', sent), await patch(path, sent)]) {
      expect(refusal(reply)).toEqual([400, code])
      expect(reply.body.error.message).toContain(message)
    }
    expect(mailbox.snapshot()).toEqual(before)
  })

  test('a body without a content type', async () => {
    const { post } = mailboxPractice()
    const reply = await post(
      '/contacts',
      { displayName: 'x' },
      { headers: { 'content-type': undefined as never } },
    )
    expect(refusal(reply)).toEqual([400, 'BadRequest'])
  })

  test('options that a write does not take', async () => {
    const { post } = mailboxPractice()
    expect(refusal(await post('/contacts?$select=id', {}))).toEqual([400, 'ErrorInvalidUrlQuery'])
  })

  test('more than four megabytes', async () => {
    const { post } = mailboxPractice()
    const reply = await post('/contacts', { personalNotes: 'x'.repeat(4 * 1024 * 1024) })
    expect(refusal(reply)).toEqual([413, 'RequestEntityTooLarge'])
  })
})
