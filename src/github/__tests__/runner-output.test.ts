import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'

import { annotate } from '../annotations.ts'
import { group, mask, say, sayRendered, warn } from '../log.ts'
import { setOutputs } from '../outputs.ts'
import { SUMMARY_BYTES } from '../../report/markdown/plan.ts'
import { writeSummary } from '../summary.ts'
import { workplace } from './workplace.ts'

/** What the runner reads: a line that begins with `::` (white space aside), or holds `##[`, is a command. */
const COMMAND = /^[\s\u0085]*::|##\[/
let written = ''
const before = { ...process.env }

beforeEach(() => {
  written = ''
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk)
    return true
  })
})
afterEach(() => {
  jest.restoreAllMocks()
  process.env = { ...before }
})

/** As .NET reads lines. */
const lines = () => written.split(/\r\n|\r|\n/).slice(0, -1)
const hostile = fc.string({
  unit: fc.constantFrom(
    ':',
    '::',
    '##[',
    '#',
    'error',
    ' ',
    '\n',
    '\r',
    '\t',
    '\u0085',
    '\u2028',
    '\u001b[31m',
    '%0A',
    ',',
    '=',
    'ä',
  ),
})

describe('annotations', () => {
  const fault = (message: string, file = 'sync-profiles/x.yaml') => ({ file, line: 3, column: 5, message })

  test('stand on their line', () => {
    annotate([fault('unknown key `maping`')])
    expect(written).toBe(
      '::error title=tenant-sync,file=sync-profiles/x.yaml,line=3,col=5::unknown key `maping`\n',
    )
  })

  test('ten are shown; of more, nine and how many there are', () => {
    annotate(Array.from({ length: 10 }, () => fault('x')))
    expect(lines()).toHaveLength(10)
    written = ''
    annotate(Array.from({ length: 25 }, () => fault('x')))
    expect(lines()).toHaveLength(10)
    expect(lines()[9]).toBe('::error title=tenant-sync::and 16 more; the log names them all')
  })

  test('are one command each, whatever they quote', () => {
    fc.assert(
      fc.property(hostile, hostile, (message, file) => {
        written = ''
        annotate([fault(message, file)])
        expect(lines()).toHaveLength(1)
        expect(written).toMatch(/^::error [^:]*::/)
        expect(written.split('::')[1]).not.toMatch(/file=[^,]*,(?!line=3,col=5$)/)
      }),
    )
  })

  test('show a bidirectional override instead of obeying it', () => {
    annotate([fault('a\u202eb')])
    expect(written).toContain('a\\u{202e}b')
  })
})

describe('the log', () => {
  test('takes no command from a plain line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        written = ''
        say(text)
        expect(lines()).toHaveLength(1)
        for (const line of lines()) expect(line).not.toMatch(COMMAND)
      }),
    )
  })

  test('takes no command from rendered lines', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        written = ''
        sayRendered(text)
        for (const line of lines()) expect(line).not.toMatch(COMMAND)
      }),
    )
  })

  test('keeps rendered lines otherwise as they are, colours too', () => {
    sayRendered('+ \u001b[32mAda\u001b[0m\n  a::b')
    expect(written).toBe('+ \u001b[32mAda\u001b[0m\n  a::b\n')
  })

  test('folds a group, also when it fails', async () => {
    await expect(group('a\nb', () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    expect(lines()).toEqual(['::group::a␊b', '::endgroup::'])
  })

  test('warns in one line', () => {
    warn('a\n::error::b')
    expect(lines()).toEqual(['::warning::a␊::error::b'])
  })

  test('masks a secret, but not everything', () => {
    mask('s3cret')
    mask(' ')
    expect(lines()).toEqual(['::add-mask::s3cret'])
  })
})

describe('outputs', () => {
  test('are text, and JSON where they are more', async () => {
    const runner = (await workplace()).job({ event: 'push' })
    Object.assign(process.env, runner.env)
    setOutputs({
      outcome: 'blocked',
      changes: true,
      'to-delete': 41,
      'blocked-by': [{ profile: 'a\nb', limit: 'deletes', count: 41, allowed: 10 }],
      matrix: { shard: ['1/2', '2/2'] },
      'comment-url': 'x\noutcome=applied',
    })
    expect(runner.outputs()).toEqual({
      outcome: 'blocked',
      changes: 'true',
      'to-delete': '41',
      'blocked-by': '[{"profile":"a\\nb","limit":"deletes","count":41,"allowed":10}]',
      matrix: '{"shard":["1/2","2/2"]}',
      'comment-url': 'x\noutcome=applied',
    })
  })
})

describe('the job summary', () => {
  test('is added to', async () => {
    const runner = (await workplace()).job({ event: 'push' })
    Object.assign(process.env, runner.env)
    await writeSummary('### one')
    await writeSummary('### two')
    expect(runner.summary()).toBe('### one\n### two\n')
  })

  test('is left out where nobody takes one', async () => {
    delete process.env['GITHUB_STEP_SUMMARY']
    await expect(writeSummary('### one')).resolves.toBeUndefined()
  })

  test('is never so long that GitHub drops it', async () => {
    await expect(writeSummary('ä'.repeat(SUMMARY_BYTES / 2 + 1))).rejects.toThrow(RangeError)
  })
})
