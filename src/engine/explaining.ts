/** One person through all profiles: each is planned as ever, and what concerns the person is picked from the plan. */
import type { Explanation, ProfileExplained } from './explanation.ts'
import type { Kind, RunContext } from './kind.ts'
import type { Notice, ProfilePlan, Skipped } from './plan.ts'
import { planAll, type Task } from './planning.ts'

/** @returns in the order of the tasks; a profile that fails takes no other with it. */
export async function explainAll(
  tasks: readonly Task[],
  address: string,
  context: RunContext,
): Promise<ProfileExplained[]> {
  const told = new Map<string, Explanation>()
  const telling = tasks.flatMap((task): Task[] => {
    const kind = tellingKind(task.kind, address, (explanation) => told.set(task.name, explanation))
    return kind ? [{ ...task, kind }] : []
  })
  const { plan } = await planAll(telling, context)
  const plans = new Map(plan.profiles.map((profile) => [profile.name, profile]))
  return tasks.map((task) => explained(task, plans.get(task.name), told.get(task.name)))
}

/** Proposes what it always would, and tells of the person meanwhile; absent for a kind that is about no people. */
function tellingKind(
  kind: Kind<unknown, unknown>,
  address: string,
  tell: (explanation: Explanation) => void,
): Kind<unknown, unknown> | undefined {
  if (!kind.explain) return undefined
  return {
    ...kind,
    async propose(profile, context) {
      const explanation = await kind.explain!(profile, address, context)
      tell(explanation)
      return explanation.proposal
    },
  }
}

function explained(
  { name, kindName, file, from, to, state }: Task,
  plan: ProfilePlan | undefined,
  explanation: Explanation | undefined,
): ProfileExplained {
  const profile = { name, kind: kindName, file, from, to, state }
  if (!plan) return { ...profile, ...NOTHING, verdict: 'no-people' }
  const { errors, limits } = plan
  if (!explanation)
    return { ...profile, ...NOTHING, errors, verdict: errors.length > 0 ? 'failed' : 'paused' }

  const { verdict, reasons, key, label, standing } = explanation
  const keys = new Set([key, ...standing.map((one) => one.key)])
  const targets = new Set(standing.flatMap(({ targetId }) => targetId ?? []))
  const skipped = plan.skipped.filter((one) => keys.has(one.key))
  const changes = plan.changes.filter(
    (one) =>
      keys.has(one.key) || [one, ...(one.removes ?? [])].some(({ targetId = '' }) => targets.has(targetId)),
  )
  const sets = new Set(changes.map(({ mailboxSet }) => mailboxSet))
  const isSkipped = skipped.some((one) => one.key === key)
  return {
    ...profile,
    limits,
    errors,
    verdict: verdict === 'included' && isSkipped ? 'skipped' : verdict,
    reasons: [...reasons, ...skipped.map((one) => skippedBecause(one, key))],
    ...(key !== undefined && { key }),
    ...(label !== undefined && { label }),
    standing,
    changes,
    mailboxSets: (plan.mailboxSets ?? []).filter(({ id }) => sets.has(id)),
  }
}

function skippedBecause({ key, label, reason, detail }: Skipped, person: string | undefined): Notice {
  const said = `skipped as ${reason}`
  // An object of somebody else's may have the person's address.
  const whom = key === person ? '' : `${label}: `
  return { code: reason, message: `${whom}${said}: ${detail}`, advice: said }
}

const NOTHING = { limits: [], errors: [], reasons: [], standing: [], changes: [], mailboxSets: [] }
