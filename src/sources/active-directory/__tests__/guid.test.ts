import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isGuid } from '../../../people/guid.ts'
import { guidText } from '../guid.ts'

test('the first three groups stand with their lowest byte first', () => {
  const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
  expect(guidText(bytes)).toBe('33221100-5544-7766-8899-aabbccddeeff')
})

test('sixteen bytes always make a GUID, and no two the same', () => {
  const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })
  fc.assert(
    fc.property(sixteen, sixteen, (one, other) => {
      const text = guidText(Buffer.from(one))!
      expect(isGuid(text)).toBe(true)
      expect(text === guidText(Buffer.from(other))).toBe(Buffer.from(one).equals(other))
    }),
  )
})

test('fewer bytes, or more, are none', () => {
  expect(guidText(Buffer.alloc(15))).toBeUndefined()
  expect(guidText(Buffer.alloc(17))).toBeUndefined()
})
