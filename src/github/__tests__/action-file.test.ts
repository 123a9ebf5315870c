import { readFileSync } from 'node:fs'

import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

import { INPUT_DEFAULTS } from '../inputs.ts'
import { OUTPUTS } from '../outputs.ts'

const FILE = parse(readFileSync('action.yml', 'utf8')) as {
  inputs: Record<string, { description: string; default?: string; required?: boolean }>
  outputs: Record<string, { description: string }>
  runs: object
}

describe('action.yml', () => {
  test('declares the inputs that are read, with the same defaults', () => {
    const declared = Object.entries(FILE.inputs).map(([name, input]) => [name, input.default ?? ''])
    expect(Object.fromEntries(declared)).toEqual({ ...INPUT_DEFAULTS, 'github-token': '${{ github.token }}' })
  })

  test('requires none', () =>
    expect(Object.values(FILE.inputs).filter(({ required }) => required === true)).toEqual([]))

  test('declares the outputs that are set', () =>
    expect(Object.keys(FILE.outputs)).toEqual(Object.keys(OUTPUTS)))

  test('says what each is for', () => {
    for (const { description } of [...Object.values(FILE.inputs), ...Object.values(FILE.outputs)]) {
      expect(description).toMatch(/\.$/)
    }
  })

  test('runs the bundle', () => expect(FILE.runs).toEqual({ using: 'node24', main: 'dist/index.js' }))
})
