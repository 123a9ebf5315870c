import { afterEach, describe, expect, test } from '@jest/globals'
import { told } from '../people.ts'
import { Synchronized, type Starting } from './synchronized.ts'

let between: Synchronized
const start = async (given: Starting = {}) => (between = await Synchronized.start(given))
afterEach(() => between.stop())

describe('from nothing', () => {
  test('plans every object', async () => {
    await start()
    const plan = await between.tenants.plan()
    const result = await between.tenants.apply()
    const again = await between.tenants.plan()
    console.log(JSON.stringify([result.profiles, again.health, plan.counts], null, 1))
    expect(told(again)).toEqual([])
  })
})
