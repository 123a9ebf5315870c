/** A read whose people are all at hand, so that each can be explained without asking again. */
import type { Notice, Skipped } from '../engine/plan.ts'
import { normalAddress } from '../people/address.ts'
import { namesOf } from '../people/names.ts'
import type { Sourced } from '../people/person.ts'
import { inScope, refusalOf, skippedBy, type Candidate, type Memberships, type Rule } from './scope.ts'
import type { Known, SourceRead } from './source.ts'

export interface AtHand {
  /** Everybody the source has. */
  readonly candidates: readonly Candidate[]
  /** In their order: an expression is evaluated only for those whom the rules before it admit. */
  readonly rules: readonly Rule[]
  readonly skipped?: readonly Skipped[]
  readonly warnings?: readonly Notice[]
  /** Of whom a member was asked for. */
  readonly within?: Memberships | undefined
}

/** @throws EvaluationError when a `where` cannot be evaluated for somebody. */
export function readAtHand({ candidates, rules, skipped = [], warnings = [], within }: AtHand): SourceRead {
  const people: Sourced[] = []
  const shown: Skipped[] = []
  for (const one of candidates) {
    const refusal = refusalOf(rules, one)
    if (refusal === undefined) people.push(one.sourced)
    else if (refusal.shows) shown.push(skippedBy(refusal, one))
  }
  return {
    people,
    skipped: [...skipped, ...shown],
    warnings,
    explain: (address) => Promise.resolve(knownAmong(candidates, rules, within, address)),
  }
}

function knownAmong(
  candidates: readonly Candidate[],
  rules: readonly Rule[],
  within: Memberships | undefined,
  address: string,
): Known[] {
  const name = normalAddress(address)
  return candidates
    .filter(({ sourced: { person } }) => namesOf(person).has(name))
    .map((one) => {
      const refusal = refusalOf(rules, one)
      return {
        person: one.sourced.person,
        inScope: refusal === undefined || refusal.shows === true,
        why: refusal?.reason(one) ?? inScope(one, within),
      }
    })
}
