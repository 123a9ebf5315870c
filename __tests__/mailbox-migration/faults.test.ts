/** Whatever fails on the way, at whichever request: the result tells it, nothing is doubled, the next apply mends it. */
import { describe, expect, test } from '@jest/globals'
import { BEGINNINGS, type Beginning } from './beginnings.ts'
import { applyDisturbed, expectMended, failing, undisturbed, type Undisturbed } from './convergence.ts'
import {
  LOST,
  placeName,
  placesOf,
  strike,
  strikes,
  STRIKINGS,
  type Place,
  type Striking,
} from './strikings.ts'
import { standing } from './standing.ts'

/** Applies while it strikes at this place, then undisturbed. */
async function struck(
  { begin }: Beginning,
  { end }: Undisturbed,
  place: Place,
  { faults, check }: Striking,
): Promise<void> {
  const migrating = await begin()
  try {
    const before = standing(migrating)
    strike(migrating, place, faults)
    const result = await applyDisturbed(migrating)
    check(place, result)
    await expectMended(migrating, result, { before, end })
  } finally {
    await migrating.stop()
  }
}

const LONG = 480_000
const [fromNothing, ...others] = BEGINNINGS

describe('from nothing', () => {
  // Each has a case that waits for half a minute.
  test.concurrent.each(STRIKINGS)(
    'any request $name: is told or asked again, makes nothing twice, and the next apply comes to the end',
    async (striking) => {
      const usual = await undisturbed(fromNothing)
      const places = placesOf(usual).filter((place) => strikes(striking, place))
      const failed = await failing(places, placeName, (place) => struck(fromNothing, usual, place, striking))
      expect(failed).toEqual([])
    },
    LONG,
  )
})

describe.each(others)('$name', (beginning) => {
  test.each(LOST)(
    'any write $name: is told or asked again, makes nothing twice, and the next apply comes to the end',
    async (striking) => {
      const usual = await undisturbed(beginning)
      const writes = placesOf(usual).filter((place) => strikes(striking, place))
      const failed = await failing(writes, placeName, (place) => struck(beginning, usual, place, striking))
      expect(failed).toEqual([])
    },
    LONG,
  )

  test(
    'any request that is not sent from nothing, each with another fault: is told or asked again, and the next apply comes to the end',
    async () => {
      const known = new Set(placesOf(await undisturbed(fromNothing)).map(placeName))
      const usual = await undisturbed(beginning)
      const cases = placesOf(usual)
        .filter((place) => !known.has(placeName(place)))
        .map((place, index) => {
          const fitting = STRIKINGS.filter((striking) => strikes(striking, place))
          return { place, striking: fitting[index % fitting.length]! }
        })
      const failed = await failing(
        cases,
        ({ place, striking }) => `${striking.name}: ${placeName(place)}`,
        ({ place, striking }) => struck(beginning, usual, place, striking),
      )
      expect(failed).toEqual([])
    },
    LONG,
  )
})
