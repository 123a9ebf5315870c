import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { managersAmong } from '../managers.ts'

const few = fc.constantFrom('a', 'b', 'A', 'c/d')
const user = fc.record({ Identity: few, Name: few, Guid: few, DisplayName: fc.string({ minLength: 1 }) })

describe('whom a name means', () => {
  test('is everybody who bears it, by one display name; else it is not told', () => {
    fc.assert(
      fc.property(fc.array(user), few, (users, name) => {
        const bearers = users.filter(({ Identity, Name, Guid }) =>
          [Identity, Name, Guid].some((one) => one.toLowerCase() === name.toLowerCase()),
        )
        const called = new Set(bearers.map(({ DisplayName }) => DisplayName))
        expect(managersAmong(users)(name)).toBe(called.size === 1 ? [...called][0] : undefined)
      }),
    )
  })

  test('is nobody, where there is no name', () => {
    expect(managersAmong([{ Name: '', DisplayName: 'Nameless' }])('')).toBe('')
  })
})
