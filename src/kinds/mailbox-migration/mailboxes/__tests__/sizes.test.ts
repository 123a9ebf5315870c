/** Sizes, as Exchange writes them in whatever language it is asked. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bytesIn } from '../sizes.ts'

test.each<[string, number | undefined]>([
  ['35 MB (36,700,160 bytes)', 36_700_160],
  ['0 B (0 bytes)', 0],
  ['120.5 GB (129,385,889,792 bytes)', 129_385_889_792],
  ['35 MB (36.700.160 bytes)', 36_700_160],
  ['35 MB (36 700 160 bytes)', 36_700_160],
  ['35 MB (36\u00A0700\u00A0160 bytes)', 36_700_160],
  ['35 MB (36\u202F700\u202F160 bytes)', 36_700_160],
  ['Unlimited', undefined],
  ['', undefined],
])('%j is %p bytes', (text, bytes) => {
  expect(bytesIn(text)).toBe(bytes)
})

test('whatever the size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (bytes) => {
      expect(bytesIn(`about that (${bytes.toLocaleString('en-US')} bytes)`)).toBe(bytes)
    }),
  )
})
