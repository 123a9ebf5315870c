import { describe, expect, test } from '@jest/globals'

import { InputError, readInputs } from '../inputs.ts'
import { workplace } from './workplace.ts'

const DEFAULTS = {
  command: 'plan',
  profiles: ['sync-profiles/**/*.yaml', 'sync-profiles/**/*.yml'],
  only: [],
  detail: 'masked',
  comment: 'on-change',
  commentId: 'default',
  failOn: 'blocked',
  requirePlan: false,
}

describe('without inputs', () => {
  test('the defaults hold', () => expect(readInputs({})).toEqual(DEFAULTS))

  test('empty ones count as absent', () => {
    expect(
      readInputs({ INPUT_COMMAND: '', INPUT_PROFILES: ' \n ', 'INPUT_FAIL-ON': ' ', INPUT_SHARD: '' }),
    ).toEqual(DEFAULTS)
  })

  test('a runner fills in the same, and the token', async () => {
    const place = await workplace()
    const { env } = place.job({ event: 'push', action: 'action.yml' })
    expect(readInputs(env)).toEqual({ ...DEFAULTS, githubToken: place.world.github.token.value })
  })
})

test('all inputs, as a runner gives them', async () => {
  const place = await workplace()
  const digest = `sha256:${'0'.repeat(64)}`
  const { env } = place.job({
    event: 'push',
    action: 'action.yml',
    inputs: {
      command: 'auto',
      profiles: 'a/*.yaml\r\n\n  b/*.yaml  \na/*.yaml\n',
      only: 'one\ntwo\n',
      detail: 'full',
      comment: 'always',
      'comment-id': 'prod/eu_1.a-b',
      'fail-on': 'changes',
      'require-plan': 'True',
      'accept-digest': ` ${digest}\n`,
      concurrency: '8',
      shard: '2/8',
      'github-token': 'ghs_own',
    },
  })
  expect(readInputs(env)).toEqual({
    command: 'auto',
    profiles: ['a/*.yaml', 'b/*.yaml'],
    only: ['one', 'two'],
    detail: 'full',
    comment: 'always',
    commentId: 'prod/eu_1.a-b',
    failOn: 'changes',
    requirePlan: true,
    acceptDigest: digest,
    concurrency: 8,
    shard: { index: 2, of: 8 },
    githubToken: 'ghs_own',
  })
})

describe('what is not right', () => {
  test.each([
    ['command', 'aply', 'input `command` is "aply": one of plan, validate, apply, auto'],
    ['command', 'Plan', 'input `command` is "Plan": one of plan, validate, apply, auto'],
    ['detail', 'none', 'input `detail` is "none": one of masked, counts, full'],
    ['comment', 'true', 'input `comment` is "true": one of on-change, always, never'],
    ['fail-on', 'error', 'input `fail-on` is "error": one of blocked, changes, never'],
    ['require-plan', 'yes', 'input `require-plan` is "yes": true or false'],
    ['concurrency', '0', 'input `concurrency` is "0": a whole number from 1'],
    ['concurrency', '2.5', 'input `concurrency` is "2.5": a whole number from 1'],
    ['shard', '9/8', 'input `shard` is "9/8": a part of a number of parts, such as 2/8'],
    ['shard', '0/8', 'input `shard` is "0/8": a part of a number of parts, such as 2/8'],
    ['shard', '2', 'input `shard` is "2": a part of a number of parts, such as 2/8'],
    [
      'comment-id',
      'a -->b',
      'input `comment-id` is "a -->b": letters, digits and . _ / -, at most 100, a letter or digit first',
    ],
  ])('%s: %s', (name, value, message) => {
    expect(() => readInputs({ [`INPUT_${name.toUpperCase()}`]: value })).toThrow(new InputError([message]))
  })

  test('is all said at once, and shortened', () => {
    expect(() => readInputs({ INPUT_COMMAND: 'x'.repeat(200), INPUT_DETAIL: 'y' })).toThrow(
      expect.objectContaining({
        name: 'InputError',
        faults: [expect.stringMatching(/^input `command` is "x{59}…"/), expect.stringContaining('`detail`')],
      }),
    )
  })
})
