import { afterEach, describe, expect, test } from '@jest/globals'

import { startSimulator } from '../../../simulator.ts'
import type { Simulator } from '../../../simulator.ts'
import { SEED, mailboxPractice, refusal } from './practice.ts'

const JPEG = { 'content-type': 'image/jpeg' }
const BYTES = Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x80, 0xfe])

let simulator: Simulator | undefined
afterEach(async () => {
  await simulator?.close()
  simulator = undefined
})

describe("a user's photo", () => {
  test('says what it is, and gives its bytes in every size', async () => {
    const { get } = mailboxPractice()
    const { body } = await get('/photo?$select=id,height,width')
    expect(body).toMatchObject({
      '@odata.mediaContentType': 'image/jpeg',
      '@odata.mediaEtag': expect.stringMatching(/^W\/".+"$/),
      id: '648x648',
      width: 648,
      height: 648,
    })
    for (const path of ['/photo/$value', '/photos/96x96/$value']) {
      const { headers, body: bytes } = await get(path)
      expect(headers).toMatchObject({ 'content-type': 'image/jpeg', etag: body['@odata.mediaEtag'] })
      expect(Buffer.from(bytes).toString()).toBe('a picture of Ada')
    }
    expect(refusal(await get('/photos/7x7/$value'))).toEqual([404, 'ImageNotFound'])
  })

  test('has another entity tag when it is changed', async () => {
    const { get, tenant } = mailboxPractice()
    const tag = async () => (await get('/photo')).body['@odata.mediaEtag']
    const before = await tag()
    expect(await tag()).toBe(before)
    tenant.mailboxes.setPhoto('ada@fabrikam.com', 'a picture of Ada')
    expect(await tag()).not.toBe(before)
    tenant.mailboxes.setPhoto('ada@fabrikam.com', undefined)
    expect((await get('/photo')).body.error.message).toContain('ImageNotFoundException')
  })

  test('is base64 in a batch', async () => {
    const { batch } = mailboxPractice()
    const [own, none] = await batch([
      { method: 'GET', url: '/users/ada@fabrikam.com/photo/$value' },
      { method: 'GET', url: '/users/robot@fabrikam.com/photo/$value' },
    ])
    expect(own.headers).toMatchObject({ 'Content-Type': 'image/jpeg' })
    expect(Buffer.from(own.body, 'base64').toString()).toBe('a picture of Ada')
    expect(refusal(none)).toEqual([404, 'ImageNotFound'])
  })

  test('may be a real picture in the seed', () => {
    const { tenant } = mailboxPractice()
    tenant.mailboxes.setPhoto('ada@fabrikam.com', `/9j/${BYTES.subarray(3).toString('base64')}`)
    expect(tenant.mailboxes.photo('ada@fabrikam.com')?.bytes.slice(0, 3)).toEqual(
      new Uint8Array([0xff, 0xd8, 0xff]),
    )
  })
})

describe("a contact's photo", () => {
  test('is set in a batch by base64, and changes the contact', async () => {
    const { batch, get, mailbox } = mailboxPractice()
    const [contact] = mailbox.contacts()
    const path = `/contacts/${contact!.id}`
    expect(refusal(await get(`${path}/photo`))).toEqual([404, 'ErrorItemNotFound'])
    const before = contact!.changeKey
    const url = `/users/ada@fabrikam.com${path}/photo/$value`
    const [put] = await batch([
      { method: 'PUT', url, body: BYTES.toString('base64'), headers: { 'Content-Type': 'image/jpeg' } },
    ])
    expect(put.status).toBe(200)
    expect(Buffer.from(contact!.photo!.bytes).equals(BYTES)).toBe(true)
    expect(contact!.changeKey).not.toBe(before)
    expect((await get(`${path}/photo`)).body['@odata.mediaEtag']).toBe(contact!.photo!.etag)
    expect(Buffer.from((await get(`${path}/photo/$value`)).body).equals(BYTES)).toBe(true)
  })

  test('goes over the wire as it is', async () => {
    simulator = await startSimulator({ seed: SEED, tls: false })
    const mailbox = simulator.world.tenants.get('fabrikam')!.mailboxes.of('ada@fabrikam.com')!
    const [contact] = mailbox.contacts()
    const url = `${simulator.origin}/v1.0/users/ada@fabrikam.com/contacts/${contact!.id}/photo/$value`
    const authorization = `Bearer ${simulator.token('fabrikam', 'graph')}`
    const put = await fetch(url, { method: 'PATCH', headers: { ...JPEG, authorization }, body: BYTES })
    expect(put.status).toBe(200)
    const got = await (await fetch(url, { headers: { authorization } })).arrayBuffer()
    expect(Buffer.from(got).equals(BYTES)).toBe(true)
  })

  test.each<[string, Record<string, string>, string, number, string]>([
    ['another content type', { 'content-type': 'image/png' }, 'x', 415, 'UnsupportedMediaType'],
    ['nothing', JPEG, '', 400, 'BadRequest'],
    ['four megabytes', JPEG, 'x'.repeat(4 * 1024 * 1024), 413, 'RequestEntityTooLarge'],
  ])('is refused with %s', async (_, headers, body, status, code) => {
    const { ask, mailbox } = mailboxPractice()
    const [contact] = mailbox.contacts()
    const path = `/v1.0/users/ada@fabrikam.com/contacts/${contact!.id}/photo/$value`
    expect(refusal(await ask(path, { method: 'PUT', headers, body }))).toEqual([status, code])
    expect(contact!.photo).toBeUndefined()
  })

  test('in a batch is base64, or the batch is none', async () => {
    const { ask } = mailboxPractice()
    const step = {
      id: '1',
      method: 'PUT',
      url: '/users/x',
      headers: { 'Content-Type': 'image/jpeg' },
      body: '{}',
    }
    const reply = await ask('/v1.0/$batch', { method: 'POST', body: { requests: [step] } })
    expect(refusal(reply)).toEqual([400, 'BadRequest'])
  })
})
