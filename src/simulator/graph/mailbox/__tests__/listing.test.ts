import { describe, expect, test } from '@jest/globals'

import { names } from '../../__tests__/practice.ts'
import { MARK, mailboxPractice, refusal } from './practice.ts'

const quoted = (filter: string) => encodeURIComponent(filter)
const marked = (value: string, id = MARK) =>
  `$filter=${quoted(`singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq '${value}')`)}`
const expanded = (...ids: string[]) =>
  `$expand=singleValueExtendedProperties($filter=${quoted(ids.map((id) => `id eq '${id}'`).join(' or '))})`

/** Ada's mailbox with so many contacts more. */
function crowded(count: number) {
  const practice = mailboxPractice()
  for (let index = 0; index < count; index++) {
    practice.mailbox.addContact({
      displayName: `Person ${index}`,
      singleValueExtendedProperties: [{ id: MARK, value: `tenant-sync:gal:${index}` }],
    })
  }
  return practice
}

describe('a listing', () => {
  test('gives the own folder alone, and a named one by its path', async () => {
    const { get, mailbox } = mailboxPractice()
    const { id } = mailbox.folderNamed('Colleagues')!
    expect(names(await get('/contacts'))).toEqual(['Her Mother'])
    expect(names(await get('/contactFolders/contacts/contacts'))).toEqual(['Her Mother'])
    expect(names(await get(`/contactFolders/${id}/contacts`))).toEqual(['Charles Babbage'])
    expect(refusal(await get('/contactFolders/nonsense/contacts'))).toEqual([400, 'ErrorInvalidIdMalformed'])
    const contact = mailbox.contactNamed('Her Mother')!
    expect(refusal(await get(`/contactFolders/${contact.id}/contacts`))).toEqual([404, 'ErrorItemNotFound'])
  })

  test('comes ten at a time, each page with a link to the next that keeps the query', async () => {
    const { get, ask } = crowded(24)
    let page = await get('/contacts?$select=displayName')
    const found = names(page)
    while (page.body['@odata.nextLink']) {
      expect(page.body.value).toHaveLength(10)
      expect(page.body['@odata.nextLink']).toMatch(
        /^https:\/\/localhost:1\/v1\.0\/users\/ada@fabrikam\.com\//,
      )
      page = await ask(page.body['@odata.nextLink'])
      expect(Object.keys(page.body.value[0])).toEqual(['@odata.etag', 'id', 'displayName'])
      found.push(...names(page))
    }
    expect(found).toEqual(['Her Mother', ...Array.from({ length: 24 }, (_, index) => `Person ${index}`)])
  })

  test('has pages of up to 1000', async () => {
    const { get } = crowded(1200)
    const { body } = await get('/contacts?$top=1000&$count=true')
    expect([body.value.length, body['@odata.count']]).toEqual([1000, 1201])
    expect((await get('/contacts?$top=1000&$skip=1000')).body.value).toHaveLength(201)
    for (const top of ['0', '1001', '-1', 'x'])
      expect(refusal(await get(`/contacts?$top=${top}`))).toEqual([400, 'ErrorInvalidUrlQuery'])
  })

  test('is cut short by a fault', async () => {
    const { get, ask, faults } = crowded(5)
    faults.add({ on: { nth: 1 }, do: { truncated: { rows: 2, nextLink: true } } })
    const first = await get('/contacts?$top=100')
    expect(first.body.value).toHaveLength(2)
    expect((await ask(first.body['@odata.nextLink'])).body.value).toHaveLength(4)
  })

  test('is counted, with or without a filter', async () => {
    const { get } = crowded(24)
    expect((await get('/contacts/$count')).body).toBe('25')
    expect((await get(`/contacts/$count?${marked('tenant-sync:gal:3')}`)).body).toBe('1')
  })

  test('is put in order', async () => {
    const { get } = crowded(3)
    expect(names(await get('/contacts?$orderby=displayName desc'))).toEqual([
      'Person 2',
      'Person 1',
      'Person 0',
      'Her Mother',
    ])
    expect(refusal(await get('/contacts?$orderby=emailAddresses'))).toEqual([400, 'ErrorInvalidUrlQuery'])
  })
})

describe('extended properties in a listing', () => {
  const OTHER = MARK.replace('tenant-sync', 'Tenant-Sync')

  test('appear where they were expanded and are set, several at a time', async () => {
    const { get, mailbox } = mailboxPractice()
    mailbox.addContact({
      displayName: 'Both',
      singleValueExtendedProperties: [
        { id: MARK, value: 'a' },
        { id: OTHER, value: 'b' },
      ],
    })
    const [mother, both] = (await get(`/contacts?$select=displayName&${expanded(MARK, OTHER)}`)).body.value
    expect(mother).not.toHaveProperty('singleValueExtendedProperties')
    expect(both.singleValueExtendedProperties.map(({ value }: any) => value)).toEqual(['a', 'b'])
    const [, one] = (await get(`/contacts?${expanded(OTHER)}`)).body.value
    expect(one.singleValueExtendedProperties).toEqual([{ id: OTHER, value: 'b' }])
    const [, selected] = (await get('/contacts?$select=displayName,singleValueExtendedProperties')).body.value
    expect(Object.keys(selected)).toEqual(['@odata.etag', 'id', 'displayName'])
  })

  test('find contacts, the name with its case and the value without, and are not shown for it', async () => {
    const { get } = crowded(12)
    const found = await get(`/contacts?${marked('TENANT-SYNC:GAL:7')}`)
    expect(names(found)).toEqual(['Person 7'])
    expect(found.body.value[0]).not.toHaveProperty('singleValueExtendedProperties')
    expect(names(await get(`/contacts?${marked('tenant-sync:gal:7', OTHER)}`))).toEqual([])
    expect(
      names(await get(`/contacts?${marked('tenant-sync:gal:7', MARK.replace('8f1c', '8F1C'))}`)),
    ).toEqual(['Person 7'])
  })
})

describe('a filter', () => {
  test.each([
    [`emailAddresses/any(a:a/address eq 'G@navy.mil')`, ['Grace']],
    [`displayName eq 'grace'`, ['Grace']],
    [`startswith(displayName,'her')`, ['Her Mother']],
    [`displayName eq 'Grace' and jobTitle eq 'Cook'`, []],
    [`displayName eq 'Grace' or mobilePhone eq '+44 1'`, ['Her Mother', 'Grace']],
  ])('%s', async (filter, found) => {
    const { get, mailbox } = mailboxPractice()
    mailbox.addContact({ displayName: 'Grace', emailAddresses: [{ name: 'G', address: 'g@navy.mil' }] })
    expect(names(await get(`/contacts?$filter=${quoted(filter)}`))).toEqual(found)
  })

  test.each([
    `displayName ne 'x'`,
    `not (displayName eq 'x')`,
    `displayName eq null`,
    `endswith(displayName,'x')`,
    `emailAddresses/any()`,
    `emailAddresses/any(a:a/name eq 'x')`,
    `emailAddresses/any(a:a/address ne 'x')`,
    `categories/any(c:c eq 'x')`,
    `singleValueExtendedProperties/Any(ep: ep/id eq '${MARK}')`,
    `singleValueExtendedProperties/Any(ep: ep/id eq '${MARK}' and ep/value ne 'x')`,
    `businessAddress/city eq 'x'`,
    `shoes eq 'x'`,
  ])('%s is refused, and not ignored', async (filter) => {
    const { get } = mailboxPractice()
    expect(refusal(await get(`/contacts?$filter=${quoted(filter)}`))).toEqual([
      400,
      'ErrorInvalidUrlQueryFilter',
    ])
  })
})

test.each([
  ['/contacts?$search="x"', 'BadRequest'],
  ['/contacts?$shoes=7', 'BadRequest'],
  ['/contacts?shoes=7', 'BadRequest'],
  ['/contacts?$top=5&$top=6', 'BadRequest'],
  ['/contacts?$skiptoken=x', 'ErrorInvalidUrlQuery'],
  ['/contacts?$filter=displayName', 'BadRequest'],
  ['/contacts?$select=shoes', 'BadRequest'],
  ['/contacts?$expand=shoes', 'BadRequest'],
  ['/contacts?$expand=singleValueExtendedProperties', 'ErrorInvalidUrlQueryFilter'],
  [`/contacts?$expand=singleValueExtendedProperties($filter=value eq 'x')`, 'ErrorInvalidUrlQueryFilter'],
  [`/contacts?$expand=singleValueExtendedProperties($filter=id eq 'x')`, 'ErrorInvalidExtendedProperty'],
  ['/contactFolders?$expand=contacts', 'ErrorInvalidUrlQuery'],
])('%s is refused', async (path, code) => {
  const { get } = mailboxPractice()
  expect(refusal(await get(path))).toEqual([400, code])
})

test('what this stand-in does not carry says so', async () => {
  const { get } = mailboxPractice()
  expect(refusal(await get('/contacts?$expand=photo'))).toEqual([501, 'NotImplemented'])
})
