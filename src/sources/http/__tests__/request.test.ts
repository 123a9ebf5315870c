/** What a service is asked. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ADA, failure, read, WebService } from './web-service.ts'

let service: WebService

beforeAll(async () => {
  service = await WebService.start()
})

afterAll(() => service.stop())

describe('the request', () => {
  test('is a GET that asks for JSON and says who asks', async () => {
    service.answers([{ body: [ADA] }])
    await read(service, { url: '/people?active=1' })
    expect(service.sent).toMatchObject([
      {
        method: 'GET',
        path: '/people?active=1',
        headers: { accept: 'application/json', 'user-agent': 'tenant-sync' },
      },
    ])
    expect(service.sent[0]!.headers.authorization).toBeUndefined()
  })

  test('bears the token of the variable, without the line break that it was stored with', async () => {
    service.answers([{ body: [ADA] }])
    await read(service, { tokenEnv: 'HR_TOKEN', secrets: { HR_TOKEN: 'abc.def==\n' } })
    expect(service.sent[0]!.headers.authorization).toBe('Bearer abc.def==')
  })

  test('is not sent with a token that a header cannot carry, and the token is not told', async () => {
    service.answers([{ body: [ADA] }])
    const { code, message, advice } = await failure(
      read(service, { tokenEnv: 'HR_TOKEN', secrets: { HR_TOKEN: 'abc\ndef' } }),
    )
    expect({ code, message, advice }).toEqual({
      code: 'http-token',
      message:
        'The environment variable HR_TOKEN holds a space, a line break or a letter outside ASCII: it must hold the token alone.',
      advice: 'The environment variable HR_TOKEN must hold the token alone.',
    })
    expect(service.sent).toEqual([])
  })
})
