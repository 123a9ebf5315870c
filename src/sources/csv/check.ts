/** What is wrong within a file of people, where nothing but the repository is read. */
import { compile } from '../../people/expression.ts'
import type { PersonField } from '../../people/person.ts'
import type { FileFault } from '../../profiles/kind.ts'
import type { CsvFrom } from '../schema.ts'
import type { SourcePath } from '../source.ts'
import { peopleIn } from './people.ts'

/**
 * @param at where in the profile the source stands.
 * @param required what this kind of profile knows people by.
 */
export function checkCsvFile(
  { csv, where }: CsvFrom,
  bytes: Buffer,
  at: SourcePath,
  required: readonly PersonField[],
): FileFault[] {
  const { faults, unknown } = peopleIn(csv, bytes)
  if (faults.count > 0) {
    const left = faults.count - faults.first.length
    return faults.first.map(({ line, message }, index) => ({
      message:
        left > 0 && index === faults.first.length - 1 ? `${message}; and ${left} more faults` : message,
      path: [...at, 'csv'],
      within: { file: csv, line },
    }))
  }
  const absent = required.filter((field) => unknown.has(field))
  const unread = where === undefined ? [] : [...compile(where).reads].filter((field) => unknown.has(field))
  return [
    ...absent.map((field) => ({
      message: `${csv} has no column \`${field}\`, by which this kind of profile knows people`,
      path: [...at, 'csv'],
    })),
    ...(unread.length > 0
      ? [
          {
            message: `this reads ${unread.join(', ')}, and ${csv} has no such column`,
            path: [...at, 'where'],
          },
        ]
      : []),
  ]
}
