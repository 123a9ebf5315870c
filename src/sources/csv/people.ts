/** The people of a file, or what is wrong with it. */
import type { Skipped } from '../../engine/plan.ts'
import { normalId, PERSON_FIELDS, type Person, type PersonField } from '../../people/person.ts'
import { personOf, unidentified } from '../record.ts'
import { openFault, type CsvFault, type CsvFaults } from './fault.ts'
import { readRows } from './rows.ts'

export interface CsvPeople {
  readonly people: readonly Person[]
  /** The fields that the file has no column for. */
  readonly unknown: ReadonlySet<PersonField>
  readonly skipped: readonly Skipped[]
  /** When there are any, the file is not read whole. */
  readonly faults: CsvFaults
}

const MOST_FAULTS = 100

/** @param name the file, as the profile has it. */
export function peopleIn(name: string, bytes: Buffer): CsvPeople {
  const people: Person[] = []
  const skipped: Skipped[] = []
  const faults: CsvFault[] = []
  let faultCount = 0
  /** By id: the line that bears it. */
  const ids = new Map<string, number>()

  const report = (fault: CsvFault) => {
    faultCount += 1
    if (faultCount <= MOST_FAULTS) faults.push(fault)
  }
  const columns = readRows(bytes, report, ({ line, values }) => {
    const found = personOf(values)
    if (found === undefined) skipped.push(unidentified(values, `${name}:${line}`))
    else if ('fault' in found) report({ line, message: found.fault, advice: FAULTY_RECORD })
    else if (values.id && ids.has(normalId(found.id)))
      report(openFault(line, `the id is that of line ${ids.get(normalId(found.id))}: ids are unique`))
    else {
      people.push(found)
      ids.set(normalId(found.id), line)
    }
  })
  return {
    people,
    unknown: new Set(PERSON_FIELDS.filter((field) => field !== 'id' && !columns?.includes(field))),
    skipped,
    faults: { first: faults, count: faultCount },
  }
}

/** Of what `personOf` refuses, it may quote the cell. */
const FAULTY_RECORD = 'the id or the type is not allowed (detail: full tells why)'
