/** People who put into a directory whatever does something somewhere, on their way through the packaged action. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { CORPUS, titled } from '../../src/report/__tests__/corpus.ts'
import { faultsIn } from '../../src/report/__tests__/github.ts'
import { commandsIn } from '../../src/report/__tests__/runner.ts'
import { beyondText } from '../../src/report/__tests__/vt.ts'
import { contactOf, PEOPLE, person, Repository } from '../review/repository.ts'
import { placesOf, type Places } from './places.ts'

/** As Graph and Exchange take them: no lone surrogates, which no JSON in UTF-8 carries, and no empty names. */
const TEXTS = CORPUS.filter((text) => !/\p{Cs}/u.test(text) && text.trim() !== '')
const RUN = /\[run\]\(<https:\/\/github\.com\/contoso\/people\/actions\/runs\/\d+>\)/g

/** Everybody is called so, in all that they are called; every fourth is new, every fourth leaves. */
const PERSONS = TEXTS.map((text, index) => ({
  ...person(index),
  displayName: text,
  givenName: text,
  surname: text,
  jobTitle: text,
  department: text,
  businessPhones: [text],
}))
const THERE = PERSONS.filter((_, index) => index % 4 !== 0)
const HERE = PERSONS.filter((_, index) => index % 4 !== 1)

let repository: Repository
beforeEach(async () => {
  repository = await Repository.start({
    users: HERE,
    contacts: THERE.map((one) => contactOf(one)),
    profile: `${PEOPLE}limits: { creates: 1000, deletes: 1000 }\n`,
  })
})
afterEach(() => repository.stop())

function expectInert(places: Places): void {
  for (const place of ['comments', 'issues', 'summary']) {
    const markdown = places.get(place)!.replace(RUN, 'run')
    expect(faultsIn(markdown, { mostComments: 4 })).toEqual([])
  }
  const log = places.get('log')!
  expect(commandsIn(log).filter(({ name }) => name !== 'debug')).toEqual([])
  expect(beyondText(log)).toEqual([])
}

test.each(['full', 'masked', 'counts'])('are told of as text, in detail %s', async (detail) => {
  const planned = await repository.plan(7, { detail })
  expect(planned.outputs['outcome']).toBe('planned')
  expectInert(placesOf(planned, repository.github))

  repository.tenants.simulator.faults.add({
    on: { operation: 'New-MailContact' },
    do: {
      status: 400,
      body: { error: { code: TEXTS.join(' '), message: 'x', details: [{ message: TEXTS.join('\n') }] } },
    },
  })
  const applied = await repository.mergeAndApply(7, { detail })
  expect(applied.outputs['outcome']).toBe('partial')
  const places = placesOf(applied, repository.github)
  // The job fails, which is a command of ours.
  const log = places.get('log')!.replace(/^::error::Not everything was applied: people \(partial\)\.$/m, '')
  expectInert(new Map([...places, ['log', log]]))
})

/** Of a step GitHub shows ten errors, of which the job's failure is one. */
const SOME = 9
const KEYS = TEXTS.filter((text) => !/[\r\n\u0085\u2028\u2029]/.test(text))
const BY_SOME = Array.from({ length: Math.ceil(KEYS.length / SOME) }, (_, at) =>
  KEYS.slice(at * SOME, (at + 1) * SOME),
)

test.each(BY_SOME.map((keys) => [titled(keys[0]!), keys] as const))(
  'so are keys of a profile: %s, …',
  async (_, keys) => {
    const mapping = Object.fromEntries(keys.map((key) => [`key ${key}`, key]))
    repository.write('people.yaml', `${PEOPLE}mapping: ${JSON.stringify(mapping)}\n`)
    const places = placesOf(await repository.plan(), repository.github)
    const log = places.get('log')!
    const commands = commandsIn(log)
    expect(commands.map(({ name }) => name)).toEqual(Array(keys.length + 1).fill('error'))
    const files = commands.slice(0, -1).map(({ properties }) => properties['file'])
    expect(new Set(files)).toEqual(new Set(['sync-profiles/people.yaml']))
    expectInert(new Map([...places, ['log', log.replace(/^::error[ :].*$/gm, '')]]))
  },
)
