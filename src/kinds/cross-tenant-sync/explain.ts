/** Whether somebody is synchronized, through which assignment, and what provisioning last said of them. */
import type { Proposal } from '../../engine/kind.ts'
import type { Explanation, Standing as Stands } from '../../engine/explanation.ts'
import { openNotice } from '../../engine/notice.ts'
import type { Notice } from '../../engine/plan.ts'
import { IncompleteReadError, ServiceError, shownCode } from '../../microsoft/errors.ts'
import type { Connection } from './planning/connection.ts'
import type { Relationship } from './planning/relationship.ts'
import { readNewest } from './health/provisioning-log.ts'
import { findUsers, type Principal } from './application/scope.ts'
import { clauseTexts } from './mapping/scope-filter.ts'

export interface Explaining {
  readonly about: Relationship
  readonly wanted: readonly Principal[]
  readonly proposal: Proposal<Connection>
  readonly now: Date
}

export async function explanation(address: string, explaining: Explaining): Promise<Explanation> {
  const { about, proposal } = explaining
  const { graph, name } = about.sides.source
  const { found } = await findUsers(graph, [address])
  const person = found.get(address)
  if (!person)
    return {
      verdict: 'unknown',
      reasons: [openNotice('not-known', `nobody in tenant ${name} goes by this address`)],
      standing: [],
      proposal,
    }
  const reasons = reasonsOf(person, explaining)
  return {
    verdict: reasons.length > 0 ? 'included' : 'not-included',
    reasons:
      reasons.length > 0
        ? [...reasons, ...filterOf(about)]
        : [openNotice('not-in-scope', 'neither a group nor a user of scope stands for this person')],
    key: person.id,
    label: person.label,
    standing: [...assignmentsOf(person, about), ...(await provisioningOf(person, explaining))],
    proposal,
  }
}

function reasonsOf({ id }: Principal, { about: { profile }, wanted }: Explaining): Notice[] {
  if (profile.state === 'absent') return []
  if ('everyone' in profile.scope) return [openNotice('everyone', 'scope is everyone')]
  return wanted
    .filter(({ people }) => people.has(id))
    .map((principal) =>
      principal.id === id
        ? openNotice('named', 'scope names the person')
        : openNotice('member', `a direct member of the group ${principal.label}, which scope names`),
    )
}

/** Entra evaluates it, in every cycle. */
function filterOf({ profile: { scope } }: Relationship): Notice[] {
  if (!scope.where) return []
  return [openNotice('where', `only while all of this holds: ${clauseTexts(scope.where).join('; ')}`)]
}

function assignmentsOf({ id }: Principal, { standing }: Relationship): Stands[] {
  return (standing.configuration?.assigned ?? [])
    .filter(({ people }) => people.has(id))
    .map((assigned) => ({
      object: 'assignment',
      targetId: assigned.assignment.id,
      key: assigned.id,
      whose: assigned.id === id ? 'of the person' : 'of a group that the person is a member of',
      attributes: { principal: assigned.label },
    }))
}

async function provisioningOf(
  { id }: Principal,
  { about: { sides, standing }, now }: Explaining,
): Promise<Stands[]> {
  const job = standing.configuration?.job
  if (!job) return []
  try {
    const { newest } = await readNewest(sides.source.graph, job.id, now)
    const entry = newest.get(id)
    if (!entry) return []
    const { status, errorInformation } = entry.provisioningStatusInfo ?? {}
    return [
      {
        object: 'provisioning',
        whose: `of the provisioning log: ${shownCode(status ?? 'unknown')}`,
        attributes: {
          at: entry.activityDateTime ?? null,
          action: entry.provisioningAction ?? null,
          errorCode: errorInformation?.errorCode ?? null,
          reason: errorInformation?.reason ?? null,
        },
      },
    ]
  } catch (error) {
    // Who is in scope is known all the same.
    if (!(error instanceof ServiceError) && !(error instanceof IncompleteReadError)) throw error
    return []
  }
}
