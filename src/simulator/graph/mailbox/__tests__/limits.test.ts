import { describe, expect, test } from '@jest/globals'

import { MailboxLimits } from '../limits.ts'
import { HttpCall } from '../../../service.ts'
import { mailboxPractice, refusal } from './practice.ts'
import type { Step } from './practice.ts'

const ADA = '/users/ada@fabrikam.com/contacts'
const CHARLES = '/users/charles@fabrikam.com/contacts'
const get = (url: string, more: Partial<Step> = {}): Step => ({ method: 'GET', url, ...more })
const times = (count: number, step: Step) => Array.from({ length: count }, () => step)
const chain = (steps: readonly Step[]) =>
  steps.map((step, index) => (index === 0 ? step : { ...step, dependsOn: [String(index - 1)] }))
const statuses = (responses: { status: number }[]) => responses.map(({ status }) => status)

/** Holds every batch open until it is let go: faults that wait stand for a slow way. */
function held(behaviour: Parameters<typeof mailboxPractice>[0] = {}) {
  const practice = mailboxPractice(behaviour)
  let release = () => {}
  const open = new Promise<void>((resolve) => (release = resolve))
  let arrived = () => {}
  const arrival = new Promise<void>((resolve) => (arrived = resolve))
  practice.faults.add({
    on: { operation: '/$batch', nth: 1 },
    do: {
      when: 'after',
      call: () => {
        arrived()
        return open
      },
    },
  })
  return { ...practice, release, arrival }
}

describe('four requests to one mailbox at a time', () => {
  test('are let in, a fifth in the same batch is not, and does not act', async () => {
    const { batch, mailbox } = mailboxPractice()
    const make: Step = { method: 'POST', url: ADA, body: { displayName: 'x' } }
    const responses = await batch([...times(5, make), get(CHARLES)])
    expect(statuses(responses)).toEqual([201, 201, 201, 201, 429, 200])
    expect(refusal(responses[4])).toEqual([429, 'ApplicationThrottled'])
    expect(responses[4].body.error.message).toBe('Application is over its MailboxConcurrency limit.')
    expect(Number(responses[4].headers['Retry-After'])).toBeGreaterThan(0)
    expect([...mailbox.contacts(mailbox.contactsFolder)]).toHaveLength(5)
  })

  test('may be followed by others that wait for them', async () => {
    const { batch } = mailboxPractice()
    expect(statuses(await batch(chain(times(20, get(ADA)))))).toEqual(times(20, get(ADA)).map(() => 200))
    // Through another mailbox, too; and only one may go on in the place of one.
    const mixed = await batch(chain([get(ADA), get(CHARLES), get(ADA), get(CHARLES), get(ADA)]))
    expect(statuses(mixed)).toEqual([200, 200, 200, 200, 200])
    const fan = [...times(4, get(ADA)), ...times(2, get(ADA, { dependsOn: ['0'] }))]
    expect(statuses(await batch(fan)).toSorted()).toEqual([200, 200, 200, 200, 200, 429])
  })

  test('count until the answer of their batch has left', async () => {
    const { batch, arrival, release } = held()
    const first = batch(times(3, get(ADA)))
    await arrival
    expect(statuses(await batch([...times(2, get(ADA)), ...times(4, get(CHARLES))]))).toEqual([
      200, 429, 200, 200, 200, 200,
    ])
    release()
    await first
    expect(statuses(await batch(times(4, get(ADA))))).toEqual([200, 200, 200, 200])
  })

  test('are counted for each app', async () => {
    const { batch, ask, arrival, release } = held()
    const first = batch(times(4, get(ADA)))
    await arrival
    expect(refusal(await ask(`/v1.0${ADA}`))).toEqual([429, 'ApplicationThrottled'])
    expect((await ask(`/v1.0${ADA}`, { as: 'reader' })).status).toBe(200)
    release()
    await first
  })

  test('are free again when the connection breaks', async () => {
    const { batch, faults } = mailboxPractice()
    faults.add({ on: { operation: '/$batch', nth: 1 }, do: { lost: 'after' } })
    await expect(batch(times(4, get(ADA)))).rejects.toThrow('')
    expect(statuses(await batch(times(4, get(ADA))))).toEqual([200, 200, 200, 200])
  })
})

describe('four requests of one app at a time, whatever the mailbox', () => {
  test('are how a batch runs its steps; what comes beside it is refused', async () => {
    const { batch, ask, arrival, release } = held({ mailboxConcurrencyScope: 'app' })
    const first = batch([...times(6, get(ADA)), ...times(6, get(CHARLES))])
    await arrival
    expect(statuses(await batch([get(ADA), get(CHARLES)]))).toEqual([429, 429])
    expect((await ask(`/v1.0${CHARLES}`)).status).toBe(429)
    release()
    expect(new Set(statuses(await first))).toEqual(new Set([200]))
    expect((await ask(`/v1.0${CHARLES}`)).status).toBe(200)
  })

  test('leave the rest to a batch beside', async () => {
    const { batch, arrival, release } = held({ mailboxConcurrencyScope: 'app' })
    const first = batch(times(3, get(ADA)))
    await arrival
    expect(statuses(await batch([get(ADA), get(CHARLES)]))).toEqual([200, 200])
    release()
    await first
  })
})

describe('within minutes', () => {
  test('an app may ask a mailbox so often', async () => {
    const { ask } = mailboxPractice({ mailboxRequests: 3 })
    for (let index = 0; index < 3; index++) expect((await ask(`/v1.0${ADA}`)).status).toBe(200)
    const reply = await ask(`/v1.0${ADA}`)
    expect(refusal(reply)).toEqual([429, 'ApplicationThrottled'])
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(590)
    expect((await ask(`/v1.0${CHARLES}`)).status).toBe(200)
  })

  test('an app may upload so much to a mailbox', async () => {
    const { post, get: read } = mailboxPractice({ mailboxUploadBytes: 100 })
    expect((await post('/contacts', { displayName: 'x'.repeat(60) })).status).toBe(201)
    const reply = await post('/contacts', { displayName: 'x'.repeat(60) })
    expect(refusal(reply)).toEqual([429, 'ApplicationThrottled'])
    expect(Number(reply.headers['retry-after'])).toBeLessThanOrEqual(300)
    expect((await read('/contacts')).status).toBe(200)
  })
})

test('requests to mailboxes cost no resource units', async () => {
  const { ask } = mailboxPractice()
  expect((await ask(`/v1.0${ADA}`)).headers).not.toHaveProperty('x-ms-resource-unit')
})

test('to be told to wait a fraction of a second happens', () => {
  const limits = new MailboxLimits()
  const { world } = mailboxPractice({ mailboxConcurrency: 1 })
  const enter = () => {
    const request = {
      method: 'GET',
      path: '',
      query: new URLSearchParams(),
      headers: {},
      text: '',
      call: new HttpCall(),
    }
    limits.enter(request, 'app', 'mailbox', world.behaviour)
  }
  enter()
  const waits = [1, 2].map(() => {
    try {
      enter()
    } catch (error) {
      return (error as { headers: Record<string, string> }).headers['retry-after']
    }
    return undefined
  })
  expect(waits.toSorted()).toEqual(['0.249', '1'])
})
