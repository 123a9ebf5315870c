/** LDAP filters, as a profile writes them. Source: RFC 4515. */
import { FilterParser, type Filter } from 'ldapts'

/** Bytes of characters beyond ASCII, or of binary values: ldapts takes each for a character. */
const ESCAPED_BYTE = /\\[89a-f][0-9a-f]/i

/** @throws Error whose message says what is wrong with it, as a sentence without a full stop. */
export function parseFilter(text: string): Filter {
  // A parenthesis within a value is written \28 or \29.
  if (count(text, '(') !== count(text, ')')) throw new Error('its parentheses are not in pairs')
  const escaped = ESCAPED_BYTE.exec(text)?.[0]
  if (escaped !== undefined)
    throw new Error(`${escaped} stands for part of a character: write the character itself, as in (l=Zürich)`)
  return FilterParser.parseString(text)
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}
