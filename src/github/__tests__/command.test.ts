import { describe, expect, test } from '@jest/globals'

import { commandFor } from '../command.ts'
import { readRun } from '../event.ts'

const on = (
  event: string,
  ref = 'refs/heads/main',
  payload: object = { repository: { default_branch: 'main' } },
) => readRun({ GITHUB_REPOSITORY: 'contoso/people', GITHUB_EVENT_NAME: event, GITHUB_REF: ref }, payload)

describe('auto', () => {
  test.each([
    ['pull_request', 'refs/pull/7/merge', 'plan'],
    ['pull_request_review', 'refs/pull/7/merge', 'plan'],
    ['merge_group', 'refs/heads/gh-readonly-queue/main/pr-7', 'plan'],
    ['push', 'refs/heads/main', 'apply'],
    ['push', 'refs/heads/feature', 'plan'],
    ['push', 'refs/tags/main', 'plan'],
    ['schedule', 'refs/heads/main', 'apply'],
    ['workflow_dispatch', 'refs/heads/main', 'apply'],
    ['workflow_dispatch', 'refs/heads/feature', 'plan'],
    ['issue_comment', 'refs/heads/main', 'plan'],
    ['toString', 'refs/heads/main', 'plan'],
    ['', '', 'plan'],
  ])('on %s of %s is %s', (event, ref, command) => expect(commandFor('auto', on(event, ref))).toBe(command))

  test('plans a push when nobody knows the default branch', () =>
    expect(commandFor('auto', on('push', 'refs/heads/main', {}))).toBe('plan'))
})

describe('apply', () => {
  test.each(['pull_request', 'pull_request_review', 'pull_request_review_comment', 'merge_group'])(
    'is refused on %s',
    (event) =>
      expect(() => commandFor('apply', on(event))).toThrow(
        expect.objectContaining({ name: 'RunRefused', code: 'apply-before-merge' }),
      ),
  )
  test('is done where it is asked for', () =>
    expect(commandFor('apply', on('push', 'refs/heads/other'))).toBe('apply'))
})

test.each(['plan', 'validate'] as const)('%s is done anywhere', (command) => {
  for (const event of ['pull_request', 'push', 'schedule'])
    expect(commandFor(command, on(event))).toBe(command)
})
