/** What readers of a repository learn of people who stand in a file of it: as much as `detail` allows. */
import { Repository } from '../review/repository.ts'
import { canaries, canary, TELLTALE } from './canaries.ts'
import type { Case } from './cases.ts'
import { Watched } from './watched.ts'

const PROFILE = `name: people
kind: mail-contacts
from: [{ csv: people.csv, where: 'type != "guest"' }]
to: { tenant: contoso, owns: [fabrikam.com] }
adopt: [unmarked]
limits: { creates: 1000 }
`
const COLUMNS = ['id', 'mail', 'type', 'displayName', 'givenName', 'jobTitle', 'city', 'mobilePhone'] as const

/** Without those who left. */
function table(indices: readonly number[], more = ''): string {
  const rows = indices.map((index) => {
    const values: Readonly<Record<string, unknown>> = { ...canary(index), type: 'contact' }
    return COLUMNS.map((column) => String(values[column])).join(',')
  })
  return `${[COLUMNS.join(','), ...rows].join('\n')}\n${more}`
}

const ALL = canaries(10).map((_, index) => index)
/** One nobody could tell from others, and one with an address that somebody has. */
const ODD = [
  ',,contact,Qcanary10 Zcanary10,,,,',
  'another,mailcanary1@fabrikam.com,contact,Qcanary11 Zcanary11,,,,',
].join('\n')

const refusal = (message: string) => ({
  status: 400,
  body: { error: { code: 'BadRequest', message: 'Error executing cmdlet', details: [{ message }] } },
})

/** A plan, a merge and a schedule that fail in part, a schedule over its limits, a file that cannot be read. */
export async function sources(given: Case): Promise<Watched> {
  const repository = await Repository.start({ users: [], contacts: [], profile: PROFILE })
  const { simulator } = repository.tenants
  const people = (text: string) => repository.tenants.write('people.csv', text)
  people(table(ALL, ODD))
  const watched = new Watched(given, repository)
  const run = (event: string) => watched.run({ event })
  try {
    await run('pull_request')
    simulator.faults.add({ on: { operation: 'New-MailContact', nth: 1 }, do: refusal(TELLTALE) })
    repository.merge(7)
    await run('push')

    people(table(ALL, ODD).replace('Titlecanary3', 'Titlecanary30'))
    simulator.faults.add({ on: { operation: 'New-MailContact', nth: 1 }, do: refusal(TELLTALE) })
    await run('schedule')

    people(table(ALL.slice(0, 4)))
    await run('schedule')

    people(table(ALL, `,mailcanary13@fabrikam.com,Titlecanary13,Qcanary13 Zcanary13,,,,\n`))
    await run('schedule')
    return watched
  } finally {
    await repository.stop()
  }
}
