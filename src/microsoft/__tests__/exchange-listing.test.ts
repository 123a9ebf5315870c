import { describe, expect, test } from '@jest/globals'
import { IncompleteReadError } from '../errors.ts'
import { FullPageError, PAGE_ROWS, type ExchangeReader, type Parameters, type Row } from '../exchange.ts'
import { listAll } from '../exchange-listing.ts'
import { refusal } from './wire.ts'

const contact = (index: number): Row => ({ Guid: `g${index}`, Name: `n${String(index).padStart(5, '0')}` })
const contacts = (count: number) => Array.from({ length: count }, (_, index) => contact(index))

/** A service that stops in silence after one full page of what a filter leaves. */
function silent(rows: readonly Row[], most = PAGE_ROWS): ExchangeReader & { readonly filters: unknown[] } {
  const filters: unknown[] = []
  return {
    tenant: 'contoso',
    filters,
    async *pages(cmdlet: string, parameters: Parameters) {
      await Promise.resolve()
      const filter = parameters['Filter'] as string | undefined
      filters.push(filter)
      const found = rows.filter((row) => matches(filter, String(row['Name']))).slice(0, most)
      if (found.length === most)
        throw new FullPageError(new IncompleteReadError('Exchange Online', 'contoso', cmdlet, 'cut.'), found)
      yield found
    },
  }
}

function matches(filter: string | undefined, name: string): boolean {
  return [...(filter ?? '').matchAll(/\(Name -(lt|ge) '((?:[^']|'')*)'\)/g)].every(([, compare, text]) => {
    const value = text!.replaceAll("''", "'")
    return compare === 'lt' ? name < value : name >= value
  })
}

const list = (exchange: ExchangeReader, parameters?: Parameters) =>
  listAll(exchange, 'Get-MailContact', ['Name', 'Guid'], parameters)

describe('a listing that the service cuts in silence', () => {
  test('is asked for in parts by name until each is whole', async () => {
    const all = contacts(3456)
    const listed = await list(silent(all))
    expect(new Set(listed)).toEqual(new Set(all))
    expect(listed).toHaveLength(all.length)
  })

  test('of exactly one page is whole too, once it is asked for in parts', async () => {
    expect(await list(silent(contacts(PAGE_ROWS)))).toHaveLength(PAGE_ROWS)
  })

  test('keeps the filter it was asked with', async () => {
    const exchange = silent(contacts(6), 4)
    await list(exchange, { Filter: "Title -eq 'x' -or Title -eq 'y'" })
    for (const filter of exchange.filters) expect(filter).toMatch(/^\(Title -eq 'x' -or Title -eq 'y'\)/)
  })

  test('survives apostrophes in names', async () => {
    const rows = ["O'Brien", "O'Connor", "O'Dea", "O'Hara", "O'Neil"].map((Name) => ({ Name, Guid: Name }))
    expect(await list(silent(rows, 4))).toHaveLength(5)
  })

  test('fails when names do not tell its rows apart', async () => {
    const rows = contacts(1500).map((row) => ({ ...row, Name: 'the same' }))
    expect(await refusal(list(silent(rows)))).toBeInstanceOf(IncompleteReadError)
  })

  test('fails when its parts lack what the whole has shown', async () => {
    const all = contacts(1500)
    const { pages } = silent(all)
    const forgetful: ExchangeReader = {
      tenant: 'contoso',
      async *pages(cmdlet, parameters, select) {
        for await (const page of pages(cmdlet, parameters, select)) yield page.slice(1)
      },
    }
    expect(await refusal(list(forgetful))).toBeInstanceOf(IncompleteReadError)
  })
})

test('whatever else is refused is refused', async () => {
  const broken: ExchangeReader = {
    tenant: 'contoso',
    // eslint-disable-next-line require-yield
    async *pages() {
      await Promise.resolve()
      throw new RangeError('broken')
    },
  }
  expect((await refusal(list(broken))).message).toBe('broken')
})
