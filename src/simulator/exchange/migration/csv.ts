/** The list of users of a batch: a CSV file with the column `EmailAddress` ("CSV files for mailbox migration"). */
import { parse } from 'csv-parse/sync'
import { isSmtpAddress } from '../addresses.ts'
import { invalidCsv } from './errors.ts'

const REQUIRED = 'EmailAddress'
/** What else a file for remote moves may have. */
const OPTIONAL = ['BadItemLimit', 'LargeItemLimit', 'MailboxType', 'TargetArchiveDatabase', 'TargetDatabase']

/**
 * @param base64 the file.
 * @param anyColumn others are ignored, not refused.
 * @returns the addresses, in the order of the file.
 * @throws ExchangeRefusal
 */
export function addressesIn(base64: string, anyColumn: boolean): string[] {
  const [header = [], ...rows] = records(base64)
  const names = header.map((name) => name.trim().toLowerCase())
  const column = names.indexOf(REQUIRED.toLowerCase())
  if (column < 0) throw invalidCsv(`The required column "${REQUIRED}" is missing.`)
  const known = new Set([REQUIRED, ...OPTIONAL].map((name) => name.toLowerCase()))
  const unknown = header.filter((name) => !known.has(name.trim().toLowerCase()))
  if (unknown.length > 0 && !anyColumn)
    throw invalidCsv(`The following columns aren't recognized: ${unknown.join(', ')}.`)
  const addresses = rows.map((row) => (row[column] ?? '').trim())
  addresses.forEach((address, index) => {
    const at = `Row ${index + 2}: the value "${address}" of the column "${REQUIRED}"`
    if (!isSmtpAddress(address)) throw invalidCsv(`${at} isn't a valid SMTP address.`)
    const first = addresses.findIndex((other) => other.toLowerCase() === address.toLowerCase())
    if (first < index) throw invalidCsv(`${at} is a duplicate of row ${first + 2}.`)
  })
  if (addresses.length === 0) throw invalidCsv('The file contains no users.')
  return addresses
}

function records(base64: string): string[][] {
  try {
    return parse(Buffer.from(base64, 'base64'), { bom: true, skip_empty_lines: true })
  } catch {
    throw invalidCsv("The file couldn't be parsed.")
  }
}
