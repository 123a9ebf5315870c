import { expect, test } from '@jest/globals'
import { nearest } from '../nearest.ts'

const KNOWN = ['mapping', 'limits', 'name', 'description', 'to']

test.each([
  ['maping', 'mapping'],
  ['Mapping', 'mapping'],
  ['limtis', 'limits'],
  ['nane', 'name'],
  ['nmae', 'name'],
  ['ot', 'to'],
  ['descripton', 'description'],
  ['unrelated', undefined],
  ['from', undefined],
  ['', undefined],
])('%s is meant to be %s', (word, meant) => {
  expect(nearest(word, KNOWN)).toBe(meant)
})
