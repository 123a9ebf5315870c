/** The header row: names of a person's fields, of which none holds a delimiter. */
import { nearest } from '../../people/nearest.ts'
import { isPersonField, PERSON_FIELDS, type PersonField } from '../../people/person.ts'
import { openFault, type CsvFault } from './fault.ts'
import { linesOf } from './lines.ts'

export type Delimiter = ',' | ';' | '\t'

/** In characters: a file without a header has anything in its first row. */
const LONGEST_SHOWN = 40

const EXAMPLE = 'the first row has to name fields of a person, e.g. id,mail,displayName'

/** Told from the header row. A tab may also be a blank beside a name: it parts them where nothing else does. */
export function delimiterOf(bytes: Buffer): Delimiter {
  const header = headerLine(bytes)
  const times = (delimiter: Delimiter) => header.split(delimiter).length - 1
  if (times(',') + times(';') > 0) return times(';') > times(',') ? ';' : ','
  return times('\t') > 0 ? '\t' : ','
}

function headerLine(bytes: Buffer): string {
  for (const line of linesOf(bytes)) {
    const text = line.bytes.toString()
    if (text.trim() !== '') return text
  }
  return ''
}

/**
 * @param line on which the header stands.
 * @returns what is wrong with the names of the columns, from left to right.
 */
export function headerFaults(names: readonly string[], line: number): CsvFault[] {
  if (names.length > PERSON_FIELDS.length * 2)
    return [openFault(line, `has ${names.length} columns, and a person has ${PERSON_FIELDS.length} fields`)]
  if (names.every((name) => !isPersonField(name) && meant(name) === undefined))
    return [openFault(line, `there is no header: ${EXAMPLE}`)]
  const faults = names.flatMap((name, index) => nameFault(name, index, names, line) ?? [])
  if (!names.includes('id') && !names.includes('mail'))
    faults.push(
      openFault(line, 'there is no column `id` and no column `mail`: one of them has to tell people apart'),
    )
  return faults
}

export const EMPTY_FILE = `the file is empty: ${EXAMPLE}`

/** A name that is none may be somebody's, in a file whose first row is a person. */
function nameFault(
  name: string,
  index: number,
  names: readonly string[],
  line: number,
): CsvFault | undefined {
  if (name === '') return openFault(line, `column ${index + 1} has no name`)
  const first = names.indexOf(name)
  if (first < index)
    return {
      line,
      message: `duplicate column \`${shown(name)}\``,
      advice: `column ${index + 1} has the name of column ${first + 1}`,
    }
  if (isPersonField(name)) return undefined
  const field = meant(name)
  const suggestion = field === undefined ? '' : `: did you mean \`${field}\`?`
  return {
    line,
    message: `unknown column \`${shown(name)}\`${suggestion}`,
    advice: `column ${index + 1} has an unknown name${suggestion}`,
  }
}

/** A field that is spelt alike, else one that has the name in it, as `mobilePhone` has `phone`. */
function meant(name: string): PersonField | undefined {
  const part = name.toLowerCase()
  return (
    (nearest(name, PERSON_FIELDS) as PersonField | undefined) ??
    (part.length > 2 ? PERSON_FIELDS.find((field) => field.toLowerCase().includes(part)) : undefined)
  )
}

function shown(name: string): string {
  const characters = [...name]
  return characters.length > LONGEST_SHOWN ? `${characters.slice(0, LONGEST_SHOWN).join('')}…` : name
}
