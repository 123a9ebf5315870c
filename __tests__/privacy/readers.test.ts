/** What readers of a repository learn of the people it is about: as much as `detail` allows, wherever they look. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import pMap from 'p-map'
import { idsIn, tracesIn, valuesIn } from './canaries.ts'
import { CASES, shown, type Case } from './cases.ts'
import { crossTenantSync } from './cross-tenant-sync.ts'
import { mailContacts } from './mail-contacts.ts'
import { mailboxMigration } from './mailbox-migration.ts'
import { personalContacts } from './personal-contacts.ts'
import { sources } from './sources.ts'
import type { Watched } from './watched.ts'

const WHERE_PEOPLE_ARE = ['comments', 'issues', 'log', 'report-path', 'summary', 'summary-path']

/**
 * The journal holds ids, which say nothing to who cannot look them up; our examples keep it where the
 * repository is public.
 */
const EVIDENCE = 'journal-path'

/** Stories take their time: two cores at least, two at a time. */
const AT_A_TIME = 2
const PATIENCE = 5 * 60_000

/** What makes a repository public is told with the first kinds; after that one of a sort is enough. */
const SOME = CASES.filter(({ visibility }) => ['private', 'public'].includes(visibility))

describe.each([
  ['mail-contacts', mailContacts, CASES],
  ['personal-contacts', personalContacts, CASES],
  ['cross-tenant-sync', crossTenantSync, SOME],
  ['mailbox-migration', mailboxMigration, SOME],
  ['a file of people', sources, SOME],
])('of %s', (_, story, cases) => {
  const stories = new Map<Case, Watched>()
  beforeAll(async () => {
    const tell = async (given: Case) => void stories.set(given, await story(given))
    await pMap(cases, tell, { concurrency: AT_A_TIME })
  }, PATIENCE)

  describe.each(cases)('detail $detail in a repository that is $visibility', (given) => {
    const all = (find: (text: string) => readonly string[], but?: string) =>
      stories.get(given)!.runs.flatMap((places, run) =>
        Array.from(places, ([place, text]) => ({
          run,
          place,
          found: place === but ? [] : find(text),
        })).filter(({ found }) => found.length > 0),
      )
    const placesWith = (find: (text: string) => readonly string[]) =>
      [...new Set(all(find).map(({ place }) => place))].sort()
    const wholeIds = (text: string) => idsIn(text, stories.get(given)!.ids)
    const traces = (text: string) => tracesIn(text, stories.get(given)!.ids)

    test('each of the story is told', () => {
      expect(stories.get(given)!.outcomes).toEqual(['planned', 'partial', 'partial', 'blocked', 'failed'])
    })

    if (shown(given) === 'full') {
      test('everything is to be seen, but in the journal and in outputs', () => {
        expect(placesWith(valuesIn)).toEqual(WHERE_PEOPLE_ARE)
      })
      return
    }

    test('no name, address, title, number or text of an error is to be seen anywhere', () => {
      expect(all(valuesIn)).toEqual([])
    })

    test('no whole id of anybody, but in the journal', () => {
      expect(all(wholeIds, EVIDENCE)).toEqual([])
    })

    if (shown(given) === 'masked')
      test('initials, a domain and the beginning of an id are, wherever people are listed', () => {
        expect(placesWith(traces)).toEqual([...WHERE_PEOPLE_ARE, EVIDENCE].sort())
      })
    else
      test('not even initials, a domain or the beginning of an id are', () => {
        expect(all(traces, EVIDENCE)).toEqual([])
      })
  })
})
