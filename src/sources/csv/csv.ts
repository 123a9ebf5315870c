/** People of a file that stands beside the profile. */
import { readAtHand } from '../at-hand.ts'
import { isContactOfOurs } from '../made-by-us.ts'
import type { CsvFrom } from '../schema.ts'
import { condition, OURS_RULE, refuseUnknown } from '../scope.ts'
import { SourceError } from '../source-error.ts'
import type { Source, SourcePath } from '../source.ts'
import type { Surroundings } from '../surroundings.ts'
import { listed, type CsvFaults } from './fault.ts'
import { peopleIn } from './people.ts'

/** @param at where in the profile it stands. */
export function csvSource(from: CsvFrom, at: SourcePath, around: Surroundings): Source {
  const where = condition(from.where, [...at, 'where'])
  return {
    async read() {
      const file = around.place(from.csv)
      const { people, unknown, skipped, faults } = peopleIn(file, await around.file(from.csv))
      if (faults.count > 0) throw malformed(file, faults)
      refuseUnknown(where, unknown, (fields) => `where reads ${fields}, and ${file} has no such column`)
      const candidates = people.map((person) => ({
        sourced: { person, unknown },
        ours: isContactOfOurs(person),
      }))
      return {
        ...readAtHand({ candidates, rules: [OURS_RULE, ...where.rules], skipped }),
        inOrder: true,
      }
    },
  }
}

function malformed(name: string, faults: CsvFaults): SourceError {
  return new SourceError(
    'csv-malformed',
    listed(name, faults, ({ message }) => message),
    { advice: listed(name, faults, ({ advice }) => advice) },
  )
}
