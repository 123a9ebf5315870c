/** What Exchange says when it refuses, and which writes may have been done all the same. */
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { isNameTaken, isNotFound } from '../exchange-errors.ts'
import { failed, make, refused, rows, set } from './exchange-wire.ts'
import { AT_ONCE, refusal, wire, type Reply } from './wire.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

describe('what Exchange says when it refuses', () => {
  const told = async (reply: Reply) => {
    wire([reply])
    return refusal(set())
  }

  test('is read from the text behind two bars', async () => {
    const reply = failed(
      400,
      'Microsoft.Exchange.Configuration.Tasks.RecipientTaskException',
      'No | such | thing.',
    )
    expect(await told(reply)).toMatchObject({ code: 'RecipientTaskException', detail: 'No | such | thing.' })
  })

  test('is read from JSON in a text, also when bars stand in it', async () => {
    const message = JSON.stringify({
      Message: 'The name "XTSYNC|a|User|b" is already being used.',
      TypeName: 'Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException',
    })
    const error = await told(refused(400, { code: 'BadRequest', details: [{ message }] }))
    expect(error).toMatchObject({
      code: 'ADObjectAlreadyExistsException',
      detail: 'The name "XTSYNC|a|User|b" is already being used.',
    })
    expect(isNameTaken(error)).toBe(true)
  })

  test('is read from the inner exception when there are no details', async () => {
    const internalexception = {
      message: 'Cannot process it.',
      type: 'Microsoft.X.ParameterTransformationException',
    }
    expect(
      await told(
        refused(400, { code: 'BadRequest', message: 'Invalid Operation', innererror: { internalexception } }),
      ),
    ).toMatchObject({ code: 'ParameterTransformationException', detail: 'Cannot process it.' })
  })

  test('is its general message when there is nothing else', async () => {
    expect(await told(refused(400, { code: 'BadRequest', message: 'No CmdletInput.' }))).toMatchObject({
      code: 'BadRequest',
      detail: 'No CmdletInput.',
    })
  })

  test('by a body of NUL bytes is that the role is missing', async () => {
    const error = await told({ status: 403, body: '\0'.repeat(64) })
    expect(error).toMatchObject({ code: 'unauthorized', status: 403 })
    expect(error.message).toContain('Exchange Recipient Administrator')
    expect(error.message).not.toContain('\0')
  })

  test('by 401 is that the app role is missing, with the command that grants it', async () => {
    const { message } = await told({ status: 401 })
    expect(message).toContain('Exchange.ManageAsApp')
    expect(message).toContain(
      '--api 00000002-0000-0ff1-ce00-000000000000 --api-permissions dc50a0fb-09a3-484d-be87-e023b12c6440=Role',
    )
  })

  test('by a 404 of its own is that the object is not there; by any other 404 nothing', async () => {
    const own = await told(failed(404, 'Microsoft.X.ManagementObjectNotFoundException', 'Gone.'))
    expect(isNotFound(own)).toBe(true)
    jest.restoreAllMocks()
    expect(isNotFound(await told({ status: 404, body: '<html>404</html>' }))).toBe(false)
  })
})

describe('a write of which nobody knows whether it was done', () => {
  test.each([408, 500, 502, 503, 504])('(%i) says so, and is not repeated', async (status) => {
    const { sent } = wire([failed(status, 'X', 'y')])
    expect(await refusal(make())).toMatchObject({ ambiguous: true, status, attempt: 1 })
    expect(sent).toHaveLength(1)
  })

  test.each([
    'Microsoft.Exchange.Data.Directory.ServerBusyException',
    'Microsoft.Exchange.Data.Storage.TransientException',
    'UnableToWriteToAadException',
    'You have reached the maximum number of concurrent requests per tenant. Please wait and try again',
  ])('(busy in words: %s) says so too', async (words) => {
    const { sent } = wire([{ status: 400, headers: [AT_ONCE], body: words }])
    expect(await refusal(make())).toMatchObject({ ambiguous: true })
    expect(sent).toHaveLength(1)
  })

  test('(lost) says so, and is not repeated', async () => {
    const { sent } = wire(['lost'])
    expect(await refusal(make())).toMatchObject({ code: 'no-answer', ambiguous: true, status: undefined })
    expect(sent).toHaveLength(1)
  })

  test('is repeated when doing it twice does no harm', async () => {
    const { sent } = wire([
      'lost',
      failed(500, 'X', 'y'),
      { status: 400, headers: [AT_ONCE], body: 'ServerBusyException' },
      rows([]),
    ])
    expect(await set()).toMatchObject({ attempt: 4 })
    expect(sent).toHaveLength(4)
  })

  test('is none when Exchange refuses it', async () => {
    wire([failed(400, 'RecipientTaskException', 'No.')])
    expect(await refusal(make())).toMatchObject({ ambiguous: false })
  })
})
