/** What goes wrong with one cmdlet on request, and what the tenant holds afterwards. */
import { expect, test } from '@jest/globals'

import { Desk } from '../../desk.ts'
import { Faults, type Fault } from '../../faults.ts'
import { ConnectionLost } from '../../service.ts'
import { exchangeService } from '../exchange.ts'
import { exchangeOf, replyOf, TENANT_ID } from './service.ts'

const CREATE = ['New-MailContact', { Name: 'ada', ExternalEmailAddress: 'ada@fabrikam.com' }] as const

function struck(fault: Fault, nth = 1) {
  const { world, tenant, token } = exchangeOf()
  const faults = new Faults()
  faults.add({ on: { operation: 'New-MailContact', nth }, do: fault })
  const desk = new Desk(world, [exchangeService(world)], faults)
  const run = async (CmdletName: string, Parameters: object) =>
    replyOf(
      await desk.answer({
        method: 'POST',
        path: `/adminapi/beta/${TENANT_ID}/InvokeCommand`,
        query: new URLSearchParams(),
        headers: {
          authorization: `Bearer ${token('admin')}`,
          'content-type': 'application/json',
          'x-anchormailbox': 'one for all',
        },
        text: JSON.stringify({ CmdletInput: { CmdletName, Parameters } }),
      }),
    )
  return { run, tenant }
}

test.each([
  ['before', 0],
  ['after', 1],
] as const)('its answer is lost %s it was carried out', async (lost, made) => {
  const { run, tenant } = struck({ lost })
  await expect(run(...CREATE)).rejects.toThrow(ConnectionLost)
  expect(tenant.recipients.size).toBe(made)
})

test('it fails with the exception that was asked for, and others go on', async () => {
  const exception = {
    type: 'Microsoft.Exchange.Data.Directory.ADTransientException',
    message: 'The directory is | not there.',
  }
  const { run, tenant } = struck({ status: 500, exception }, 2)
  expect((await run('New-MailContact', { ...CREATE[1], Name: 'b' })).status).toBe(200)
  expect(await run(...CREATE)).toMatchObject({
    status: 500,
    error: { type: exception.type, text: exception.message },
    body: { error: { code: 'InternalServerError', message: 'Error executing cmdlet' } },
  })
  expect(tenant.recipients.size).toBe(1)
  expect((await run('Get-MailContact', {})).rows).toHaveLength(1)
})

test('it is throttled, with the time to wait', async () => {
  const { run } = struck({ status: 429, retryAfter: 3 })
  expect(await run(...CREATE)).toMatchObject({
    status: 429,
    headers: { 'retry-after': '3' },
    error: { type: expect.stringMatching(/ServerBusyException$/) },
  })
  expect((await run(...CREATE)).status).toBe(200)
})
