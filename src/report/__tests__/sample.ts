/** Plans and results to render: two fictional tenants, small enough to read, with one of everything. */
import type { Change, Counts, Plan, ProfilePlan } from '../../engine/plan.ts'
import type { ChangeResult, ProfileResult, Result } from '../../engine/result.ts'
import { worstOutcome } from '../../engine/plan.ts'

const DIGEST = `sha256:${'9d41c7e0'.repeat(8)}`

export function plan(profiles: readonly ProfilePlan[]): Plan {
  return { formatVersion: 1, createdAt: '2026-11-20T21:04:00Z', digest: DIGEST, profiles }
}

/** A profile whose counts follow from its changes, unless told otherwise. */
export function profile(
  fields: Partial<Omit<ProfilePlan, 'counts'>> & { counts?: Partial<Counts> } = {},
): ProfilePlan {
  const changes = fields.changes ?? []
  const of = (action: Change['action']) => changes.filter((change) => change.action === action).length
  const own = { create: of('create'), update: of('update'), delete: of('delete') + removed(changes) }
  const { counts, ...rest } = fields
  return {
    name: 'fabrikam-in-contoso',
    kind: 'mail-contacts',
    file: 'sync-profiles/fabrikam-in-contoso.yaml',
    from: ['fabrikam'],
    to: 'contoso',
    profileDigest: `sha256:${'71be'.repeat(16)}`,
    outcome: changes.length > 0 ? 'planned' : 'no-changes',
    managed: 100,
    allowed: { creates: 50, updates: 100, deletes: 10 },
    counted: { creates: own.create, updates: own.update, deletes: own.delete },
    limits: [],
    changes,
    skipped: [],
    health: [],
    warnings: [],
    errors: [],
    ...rest,
    counts: { ...own, unchanged: 93, skipped: fields.skipped?.length ?? 0, held: 0, ...counts },
  }
}

function removed(changes: readonly Change[]): number {
  return changes.reduce((sum, { removes = [] }) => sum + removes.length, 0)
}

export function change(fields: Partial<Change> & Pick<Change, 'action' | 'label'>): Change {
  const reasons = { create: 'new-in-source', update: 'source-changed', delete: 'left-scope' } as const
  return {
    object: 'mail-contact',
    key: fields.label.toLowerCase(),
    reason: reasons[fields.action],
    fields: [],
    ...(fields.action !== 'create' && { targetId: '7c1e02a4-0000-4000-8000-000000000001' }),
    ...fields,
  }
}

export const CHANGES: readonly Change[] = [
  change({
    action: 'create',
    label: 'Zoë Ångström <zoe.angstrom@fabrikam.com>',
    key: '00000000-0000-4000-8000-000000000011',
    fields: [
      { field: 'displayName', before: null, after: 'Zoë Ångström (Fabrikam)' },
      { field: 'title', before: null, after: 'Engineer' },
    ],
  }),
  change({
    action: 'update',
    label: 'Ada Lovelace <ada@fabrikam.com>',
    key: '00000000-0000-4000-8000-000000000012',
    fields: [
      { field: 'title', before: 'Engineer', after: 'Principal Engineer' },
      { field: 'department', before: 'R&D | Bath', after: null },
      {
        field: 'proxyAddresses',
        before: ['ada@fabrikam.com'],
        after: ['ada@fabrikam.com', 'al@fabrikam.com'],
      },
    ],
  }),
  change({
    action: 'update',
    label: 'Charles Babbage <charles@fabrikam.com>',
    key: '00000000-0000-4000-8000-000000000013',
    targetId: '19f202a4-0000-4000-8000-000000000002',
    fields: [{ field: 'title', before: '', after: 'Engineer ' }],
  }),
  change({
    action: 'update',
    label: 'Mary Somerville <mary@fabrikam.com>',
    key: '00000000-0000-4000-8000-000000000014',
    targetId: 'b2d002a4-0000-4000-8000-000000000003',
    reason: 'adopted',
    fields: [{ field: 'customAttribute15', before: null, after: 'tenant-sync:fabrikam-in-contoso:14' }],
  }),
  change({
    action: 'update',
    label: 'George Boole <george@fabrikam.com>',
    key: '00000000-0000-4000-8000-000000000015',
    targetId: 'c3d002a4-0000-4000-8000-000000000004',
    reason: 'left-scope',
    fields: [{ field: 'hiddenFromAddressListsEnabled', before: false, after: true }],
  }),
  change({
    action: 'delete',
    label: 'Grace Hopper <grace.hopper@fabrikam.com>',
    key: '00000000-0000-4000-8000-000000000016',
    targetId: 'd4d002a4-0000-4000-8000-000000000005',
  }),
  change({
    action: 'delete',
    label: 'Grace Hopper <grace.hopper@fabrikam.com>',
    key: '00000000-0000-4000-8000-000000000017',
    targetId: 'e5d002a4-0000-4000-8000-000000000006',
    reason: 'duplicate',
  }),
]

/** Two profiles: one with every group of changes, one with nothing to do. */
export const PLAN = plan([
  profile({
    description: 'Colleagues of Fabrikam in the address list of Contoso',
    changes: CHANGES,
    counted: { creates: 1, updates: 3, deletes: 3 },
    skipped: [
      {
        key: '21',
        label: 'Alan Turing <alan@fabrikam.com>',
        reason: 'address-taken',
        detail: 'alan@fabrikam.com is held by the mailbox Alan T. <alan@contoso.com>',
      },
      { key: '22', label: 'Meeting Room 4', reason: 'no-mail-address', detail: 'no mail address' },
    ],
    warnings: [{ code: 'unknown-country', message: 'Ada Lovelace: the country "Absurdistan" is left out' }],
  }),
  profile({
    name: 'contoso-in-fabrikam',
    file: 'sync-profiles/contoso-in-fabrikam.yaml',
    from: ['contoso', 'people/partners.csv'],
    to: 'fabrikam',
    managed: 402,
    counts: { unchanged: 402 },
  }),
])

/** One profile over two limits, one that could not be read, one that goes on. */
export const BLOCKED = plan([
  profile({
    changes: CHANGES.filter(({ action }) => action === 'delete'),
    outcome: 'blocked',
    managed: 1274,
    allowed: { creates: 637, updates: 1274, deletes: 1 },
    counted: { creates: 0, updates: 0, deletes: 2 },
    limits: [
      { limit: 'deletes', count: 2, allowed: 1, managed: 1274, message: 'too many' },
      { limit: 'emptySource', count: 0, allowed: 1, managed: 1274, message: 'nobody' },
    ],
  }),
  profile({
    name: 'tailspin-in-contoso',
    file: 'sync-profiles/tailspin-in-contoso.yaml',
    from: ['tailspin'],
    outcome: 'failed',
    managed: 0,
    allowed: { creates: null, updates: null, deletes: null },
    counts: { unchanged: 0 },
    errors: [
      {
        code: 'Authorization_RequestDenied',
        message:
          'tailspin: reading users was refused. Grant the application User.Read.All (request 5a5a-01).',
      },
    ],
  }),
  profile({
    name: 'contoso-in-fabrikam',
    file: 'sync-profiles/contoso-in-fabrikam.yaml',
    from: ['contoso'],
    to: 'fabrikam',
    changes: CHANGES.slice(0, 2),
  }),
])

export const NOTHING = plan([profile({ counts: { unchanged: 100 } })])

/** The result of applying a plan, each change ended as told, in the plan's order. */
export function result(of: Plan, ends: readonly (readonly ChangeResult[])[]): Result {
  const profiles = of.profiles.map(({ name, changes: planned, outcome, errors }, at): ProfileResult => {
    const changes = ends[at] ?? []
    const count = (status: ChangeResult['status']) => changes.filter((end) => end.status === status).length
    const written = planned.filter((_, index) => changes[index]?.status === 'done')
    const done = (action: Change['action']) => written.filter((change) => change.action === action).length
    const [held, failed, skipped] = [count('held'), count('failed'), count('skipped')]
    return {
      name,
      outcome:
        changes.length === 0 ? outcome : failed + skipped > 0 ? 'partial' : held > 0 ? 'held' : 'applied',
      done: { create: done('create'), update: done('update'), delete: done('delete') + removed(written) },
      held,
      failed,
      skipped,
      changes,
      errors,
    }
  })
  return { outcome: worstOutcome(profiles.map(({ outcome }) => outcome)), plan: of, profiles }
}

const DONE: ChangeResult = { status: 'done' }

export const APPLIED = result(PLAN, [CHANGES.map(() => DONE), []])

/** One of each end. */
export const PARTIAL = result(PLAN, [
  [
    DONE,
    {
      status: 'failed',
      error: {
        code: 'ProxyAddressExists',
        message: 'contoso: Set-MailContact for ada@fabrikam.com was refused (request 7b7b-02).',
      },
    },
    DONE,
    DONE,
    { status: 'skipped', why: 'waits for ada@fabrikam.com' },
    { status: 'held', why: 'unreviewed' },
    DONE,
  ],
  [],
])

/** After a merge: the second deletion is one that nobody reviewed, and the other profile is another one. */
export const REVIEWED: Result = (() => {
  const [first, second] = result(PLAN, [
    [...CHANGES.slice(1).map(() => DONE), { status: 'held', why: 'unreviewed' }],
    [],
  ]).profiles
  const where = '#7'
  const message = 'Changed since the review in #7: from.groups, limits.deletes.'
  return {
    outcome: 'stale',
    plan: PLAN,
    profiles: [
      { ...first!, reviewed: { where, counts: { create: 1, update: 4, delete: 1 } } },
      {
        ...second!,
        outcome: 'stale',
        reviewed: { where, counts: { create: 0, update: 0, delete: 0 } },
        errors: [{ code: 'not-as-reviewed', message, advice: message }],
      },
    ],
  }
})()
