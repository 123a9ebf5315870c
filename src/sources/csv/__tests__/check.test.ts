/** What `validate` is told of a file of people. */
import { expect, test } from '@jest/globals'
import { checkCsvFile } from '../check.ts'

const faults = (text: string, where?: string) =>
  checkCsvFile(
    { csv: 'p.csv', ...(where !== undefined && { where }) },
    Buffer.from(text),
    ['from', 1],
    ['mail'],
  )

test('faults stand at their lines in the file', () => {
  expect(faults('mail,city\na@x.com\n')).toEqual([
    {
      message: 'has 1 cell, and the header 2',
      path: ['from', 1, 'csv'],
      within: { file: 'p.csv', line: 2 },
    },
  ])
})

test('of very many, the last one that is told says how many more there are', () => {
  const all = faults(`mail,city\n${'a@x.com\n'.repeat(1000)}`)
  expect(all).toHaveLength(100)
  expect(all.at(-1)!.message).toBe('has 1 cell, and the header 2; and 900 more faults')
})

test('of a file without faults, columns that are missing stand where they are asked for', () => {
  expect(faults('id,city\n1,Rome\n', 'department == "x" && city != ""')).toEqual([
    {
      message: 'p.csv has no column `mail`, by which this kind of profile knows people',
      path: ['from', 1, 'csv'],
    },
    { message: 'this reads department, and p.csv has no such column', path: ['from', 1, 'where'] },
  ])
})
