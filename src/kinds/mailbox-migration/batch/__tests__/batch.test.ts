/** Batches as Exchange shows them: their names, their times, and which of them are a profile's. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ExchangeReader, Row } from '../../../../microsoft/exchange.ts'
import { isoTime, nextNames, ordinalOf, ownBatches, readBatches, type Batch } from '../batch.ts'

/** Shows these rows, whatever is asked. */
const showing = (...rows: Row[]): ExchangeReader => ({
  tenant: 'contoso',
  async *pages() {
    yield await Promise.resolve(rows)
  },
})
const read = async (row: Row): Promise<Batch> => (await readBatches(showing(row)))[0]!
const named = (name: string): Batch => ({
  name,
  names: new Set([name.toLowerCase()]),
  status: 'Created',
  endpoint: ['ours'],
  deliveryDomain: 'contoso.mail.onmicrosoft.com',
  completeAfter: null,
  notificationEmails: [],
  row: {},
})

describe('times', () => {
  test.each<[string, Row, string | null | undefined]>([
    ['in UTC', { CompleteAfterUTC: '2026-12-01T20:00:00Z' }, '2026-12-01T20:00:00.000Z'],
    ['without a zone, and so in UTC', { CompleteAfter: '2026-12-01T20:00:00' }, '2026-12-01T20:00:00.000Z'],
    ['in another zone', { CompleteAfter: '2026-12-01T21:00:00+01:00' }, '2026-12-01T20:00:00.000Z'],
    ['with fractions', { CompleteAfter: '2026-12-01T20:00:00.0000000' }, '2026-12-01T20:00:00.000Z'],
    ['as in the United States', { CompleteAfter: '12/1/2026 8:00:00 PM' }, '2026-12-01T20:00:00.000Z'],
    [
      'both, of which that in UTC counts',
      { CompleteAfterUTC: '2026-12-01T20:00:00Z', CompleteAfter: '2026-12-01T12:00:00' },
      '2026-12-01T20:00:00.000Z',
    ],
    ['none', { CompleteAfter: null }, null],
    ['that are no times', { CompleteAfter: 'never' }, null],
    ['not shown at all', {}, undefined],
  ])('%s', async (_, row, time) => {
    expect((await read({ Identity: 'wave-1', ...row })).completeAfter).toBe(time)
  })

  test('of a profile are the same moment in any zone', () => {
    expect(isoTime('2026-12-01T21:00:00+01:00')).toBe(isoTime('2026-12-01T20:00:00Z'))
  })
})

describe('names', () => {
  test.each<[string, number | undefined]>([
    ['wave', 1],
    ['Wave', 1],
    ['wave-2', 2],
    ['WAVE-10', 10],
    ['wave-1', undefined],
    ['wave-0', undefined],
    ['wave-02', undefined],
    ['wave-2b', undefined],
    ['wave-', undefined],
    ['wave2', undefined],
    ['another wave', undefined],
    ['wave-2-2', undefined],
  ])('%s is number %p of wave', (name, ordinal) => {
    expect(ordinalOf(name, 'wave')).toBe(ordinal)
  })

  test('that come next are none of those there are, and are numbers of the profile', () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 9 })
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 5 }), (taken, count) => {
        const all = taken.map((ordinal) => named(ordinal === 1 ? 'Wave' : `wave-${ordinal}`))
        const next = nextNames(all, 'wave', count)
        const ordinals = next.map((name) => ordinalOf(name, 'wave')!)
        expect(new Set(ordinals).size).toBe(count)
        expect(ordinals).toEqual(ordinals.toSorted((left, right) => left - right))
        expect(ordinals.filter((ordinal) => taken.includes(ordinal))).toEqual([])
        // No number is left out that is free.
        for (let ordinal = 1; ordinal < (ordinals.at(-1) ?? 0); ordinal++)
          expect([...taken, ...ordinals]).toContain(ordinal)
      }),
    )
  })
})

describe('of a profile', () => {
  const series = {
    name: 'wave',
    endpoint: new Set(['ours', '4b5c0000-0000-4000-8000-000000000001']),
    deliveryDomain: 'contoso.mail.onmicrosoft.com',
  }

  test('are those of its name and endpoint, in the order of their numbers', () => {
    const all = ['wave-10', 'wave-2', 'Wave', 'wave-x', 'another'].map(named)
    const theirs = { ...named('wave-3'), endpoint: ['theirs'] }
    expect(ownBatches([...all, theirs], series).map(({ name }) => name)).toEqual([
      'Wave',
      'wave-2',
      'wave-10',
    ])
  })

  test('are those whose endpoint is shown by its GUID, too', async () => {
    const row = {
      Identity: { Name: 'wave' },
      SourceEndpoint: { Guid: '4B5C0000-0000-4000-8000-000000000001' },
    }
    expect(ownBatches([await read(row)], series)).toMatchObject([{ name: 'wave' }])
  })

  test('of one that shows no endpoint its delivery domain tells', async () => {
    const wave = await read({ Identity: 'wave', TargetDeliveryDomain: 'Contoso.mail.onmicrosoft.com' })
    const other = await read({ Identity: 'wave', TargetDeliveryDomain: 'contoso.org' })
    expect(ownBatches([wave, other], series)).toEqual([wave])
  })
})
