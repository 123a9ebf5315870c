/** Why somebody is among a profile's people or is not: told source by source. */
import { openNotice } from '../engine/notice.ts'
import type { Explanation } from '../engine/explanation.ts'
import type { Notice } from '../engine/plan.ts'
import { normalAddress } from '../people/address.ts'
import { namesOf } from '../people/names.ts'
import { personLabel, type Sourced } from '../people/person.ts'
import { sourceLabel, sourceName } from '../sources/check.ts'
import type { From } from '../sources/schema.ts'
import type { Known, SourceRead } from '../sources/source.ts'

/** Spread into an Explanation: what stands in the target is the kind's to add. */
export interface PersonExplained extends Pick<Explanation, 'verdict' | 'reasons' | 'key' | 'label'> {
  /** What they go by in the target: ids and addresses in lower case, the one that was asked for among them. */
  readonly names: ReadonlySet<string>
}

/**
 * @param people those whom the profile took, of all its sources: they decide.
 * @param from the sources, and `reads` what each of them gave.
 */
export async function explainPerson(
  address: string,
  people: readonly Sourced[],
  from: From,
  reads: readonly SourceRead[],
): Promise<PersonExplained> {
  const known = await Promise.all(reads.map((read) => read.explain(address)))
  const all = known.flat()
  const ids = new Set(all.map(({ person }) => person.id))
  const taken = new Set(people.filter(({ person }) => ids.has(person.id)).map(({ person }) => person.id))
  const rank = (one: Known) => VERDICTS.indexOf(verdictOn(one, taken))
  const isMail = ({ person }: Known) => normalAddress(person.mail) === normalAddress(address)
  // Several may go by one address: whoever gets furthest is asked about, and of those the one who reads mail there.
  const [about] = all.toSorted(
    (left, right) => rank(left) - rank(right) || Number(isMail(right)) - Number(isMail(left)),
  )
  const reasons = known.flatMap((found, index) => {
    const source = `source ${index + 1} (${sourceName(from[index]!)}: ${sourceLabel(from[index]!)})`
    if (found.length === 0) return [openNotice('not-known', `${source}: nobody goes by this address`)]
    return found.map((one) => reasonOf(one, source, ids.size > 1))
  })
  return {
    verdict: about ? verdictOn(about, taken) : 'unknown',
    reasons,
    ...(about && { key: about.person.id, label: personLabel(about.person) }),
    names: new Set([normalAddress(address), ...all.flatMap(({ person }) => [...namesOf(person)])]),
  }
}

/** Of a profile that is absent, whose sources are not read. */
export function explainNobody(address: string): PersonExplained {
  return {
    verdict: 'not-included',
    reasons: [
      openNotice(
        'profile-absent',
        'the profile is set to be absent: it includes nobody, and its sources are not read',
      ),
    ],
    names: new Set([normalAddress(address)]),
  }
}

const VERDICTS = ['included', 'skipped', 'not-included'] as const

function verdictOn({ person, inScope }: Known, taken: ReadonlySet<string>): (typeof VERDICTS)[number] {
  return taken.has(person.id) ? 'included' : inScope ? 'skipped' : 'not-included'
}

/** @param named whether it must be said of whom. */
function reasonOf({ person, why, inScope }: Known, source: string, named: boolean): Notice {
  const said = `${inScope ? '' : 'left out: '}${why.message}`
  const open = `${source}: ${said}`
  return {
    code: why.code,
    message: named ? `${source}: ${personLabel(person)}: ${said}` : open,
    advice: open,
  }
}
