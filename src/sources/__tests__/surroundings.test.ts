import { expect, test } from '@jest/globals'
import type { Readers } from '../../microsoft/connections.ts'
import { surroundings } from '../surroundings.ts'

const around = (env: Record<string, string>, onSecret: (secret: string) => void = () => {}) =>
  surroundings({} as Readers, { root: '.', confined: true, env, onSecret })('sync-profiles/a.yaml')

test('a secret is masked before anybody has it, also as a service is sent it', () => {
  const masked: string[] = []
  expect(around({ HR_TOKEN: ' secret\n' }, (secret) => masked.push(secret)).secret('HR_TOKEN')).toBe(
    ' secret',
  )
  expect(masked).toEqual([' secret\n', ' secret', 'secret'])
})

test.each([{}, { HR_TOKEN: '' }])('one that is not set is named, with how to set it: %j', (env) => {
  expect(() => around(env).secret('HR_TOKEN')).toThrow(
    'The environment variable HR_TOKEN, which the profile names, is not set. In a workflow, give it to the step: env: { HR_TOKEN: ${{ secrets.HR_TOKEN }} }.',
  )
})
