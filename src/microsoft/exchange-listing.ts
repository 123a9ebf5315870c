/** Listings that are whole or fail, also where the service stops after a full page in silence. */
import { ServiceError } from './errors.ts'
import {
  FullPageError,
  type ExchangeReader,
  type Parameters,
  type ReadingCmdlet,
  type Row,
} from './exchange.ts'

/** Halvings of a listing; 2^12 pages are more than any tenant has. */
const DEEPEST_SPLIT = 12

/**
 * All rows of a `Get-` cmdlet.
 * @param select the properties wanted; `Name` and `Guid` must be among them.
 * @throws ServiceError, IncompleteReadError
 */
export async function listAll(
  exchange: ExchangeReader,
  cmdlet: `Get-${string}`,
  select: readonly string[],
  parameters: Parameters = {},
): Promise<Row[]> {
  const { Filter, ...others } = parameters
  return listPart(exchange, cmdlet, select, others, typeof Filter === 'string' ? [`(${Filter})`] : [], 0)
}

/**
 * All rows of a cmdlet that takes no filter by which its listing could be divided.
 * @throws ServiceError, IncompleteReadError
 */
export async function listUndivided(
  exchange: ExchangeReader,
  cmdlet: ReadingCmdlet,
  parameters: Parameters = {},
  select?: readonly string[],
): Promise<Row[]> {
  try {
    return await whole(exchange, cmdlet, select, parameters)
  } catch (error) {
    throw error instanceof FullPageError ? error.cause : error
  }
}

async function listPart(
  exchange: ExchangeReader,
  cmdlet: `Get-${string}`,
  select: readonly string[],
  parameters: Parameters,
  between: readonly string[],
  depth: number,
): Promise<Row[]> {
  const bounded = between.length > 0 ? { ...parameters, Filter: between.join(' -and ') } : parameters
  try {
    return await whole(exchange, cmdlet, select, bounded)
  } catch (error) {
    if (!(error instanceof FullPageError)) throw error
    const middle = middleName(error.rows)
    if (depth >= DEEPEST_SPLIT || middle === undefined) throw error.cause
    const quoted = `'${middle.replaceAll("'", "''")}'`
    const below = [...between, `(Name -lt ${quoted})`]
    const above = [...between, `(Name -ge ${quoted})`]
    const halves = [
      ...(await listPart(exchange, cmdlet, select, parameters, below, depth + 1)),
      ...(await listPart(exchange, cmdlet, select, parameters, above, depth + 1)),
    ]
    const found = new Set(halves.map((row) => row['Guid']))
    if (error.rows.some((row) => !found.has(row['Guid']))) throw error.cause
    return halves
  }
}

/** Another server does not know the page: the read is begun anew, once. */
async function whole(
  exchange: ExchangeReader,
  cmdlet: ReadingCmdlet,
  select: readonly string[] | undefined,
  parameters: Parameters,
): Promise<Row[]> {
  for (let again = false; ; again = true) {
    const rows: Row[] = []
    try {
      for await (const page of exchange.pages(cmdlet, parameters, select))
        for (const row of page) rows.push(row)
      return rows
    } catch (error) {
      if (again || !isExpiredPage(error)) throw error
    }
  }
}

function isExpiredPage(error: unknown): boolean {
  return error instanceof ServiceError && /pagination request/i.test(error.detail)
}

function middleName(rows: readonly Row[]): string | undefined {
  const names = rows.map((row) => String(row['Name'])).sort()
  const middle = names[names.length >> 1]
  return middle === names[0] ? undefined : middle
}
