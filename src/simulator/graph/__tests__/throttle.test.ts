import { describe, expect, test } from '@jest/globals'

import { Throttle, costOf, limitOf } from '../throttle.ts'
import { practice } from './practice.ts'

describe('resource units', () => {
  test.each([
    ['/users', {}, 2],
    ['/users', { select: 'id' }, 1],
    ['/users', { expand: 'manager' }, 3],
    ['/users/{id}', { select: 'id', top: 5 }, 1],
    ['/groups/{id}/members', { top: 19 }, 2],
    ['/groups/{id}/transitiveMembers', {}, 5],
    ['/groups/{id}/transitiveMembers', { select: 'id', top: 20 }, 4],
    ['/domains', {}, 1],
  ])('GET %s %o costs %i', (template, options, cost) => {
    expect(costOf(template, options)).toBe(cost)
  })

  test('are given by the size of the tenant', () => {
    expect([49, 50, 500, 501].map(limitOf)).toEqual([3500, 5000, 5000, 8000])
  })
})

describe('the bucket', () => {
  test('refuses what goes over, says for how long, and fills again', () => {
    const throttle = new Throttle()
    expect(throttle.charge('app', 90, 100, 0)).toEqual({ cost: 90, used: 0.9 })
    expect(throttle.charge('app', 30, 100, 0)).toMatchObject({ retryAfter: 2 })
    expect(throttle.charge('app', 30, 100, 2000)).toEqual({ cost: 30, used: 1 })
  })

  test('is one for each app and tenant', () => {
    const throttle = new Throttle()
    throttle.charge('a', 100, 100, 0)
    expect(throttle.charge('b', 100, 100, 0).retryAfter).toBeUndefined()
  })
})

test('an app that reads too much is told to wait, unless the seed says otherwise', async () => {
  const { ask, world, tenant } = practice()
  const [group] = tenant.directory.groups()
  const path = `/v1.0/groups/${group?.id}/transitiveMembers`
  const spend = async () => {
    let reply = await ask(path)
    for (let count = 0; count < 5000 && reply.status === 200; count += 1) reply = await ask(path)
    return reply
  }
  const { status, body, headers } = await spend()
  expect([status, body.error.code]).toEqual([429, 'TooManyRequests'])
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  expect(headers['x-ms-throttle-information']).toBe('ResourceUnitLimitExceeded')
  world.behaviour.identityResourceUnits = false
  expect((await ask(path)).status).toBe(200)
})
