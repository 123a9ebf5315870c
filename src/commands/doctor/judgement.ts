/** What an app was given, held against what is needed of it. */
import { couldWrite, type Held, type HeldPrivilege } from '../../microsoft/held.ts'
import type { Need } from '../../microsoft/need.ts'
import { CALL_EXCHANGE, READ_EXCHANGE, type Privilege } from '../../microsoft/permissions.ts'
import type { Finding, NeedDiagnosis } from '../../report/diagnosis.ts'
import { listed } from '../../report/wording.ts'
import type { App } from './apps.ts'
import { giveCommand, takeCommands } from './azure-cli.ts'

export interface Judgement {
  readonly needs: readonly NeedDiagnosis[]
  readonly findings: readonly Finding[]
}

/** @param held `undefined` when it is not known. */
export function judge(app: App, held: Held | undefined): Judgement {
  const needs = essential(app.needs)
  const states = needs.map(
    (need) => ({ ...need, state: held ? stateOf(need.privilege, held) : 'unknown' }) as const,
  )
  return {
    needs: states.map(({ privilege: { name, of }, why, optional = false, state }) => ({
      privilege: name,
      of,
      why,
      optional,
      state,
    })),
    findings: [
      ...states.flatMap(({ state, ...need }) => (state === 'missing' ? [missing(need, app)] : [])),
      ...(held ? tooMuch(app, held) : []),
      ...oneForBoth(app, needs, held),
      ...(held ? unseen(app, needs, held) : []),
    ],
  }
}

/** Each once, with all that it is for; without those that another one includes. */
function essential(needs: readonly Need[]): Need[] {
  const byName = new Map<string, Need>()
  for (const need of needs) {
    const known = byName.get(need.privilege.name)
    const { optional: _, ...required } = need
    const whys = new Set([...(known?.why.split(', ') ?? []), need.why])
    const isOptional = need.optional === true && (known === undefined || known.optional === true)
    byName.set(need.privilege.name, {
      ...(isOptional ? need : required),
      why: [...whys].join(', '),
    })
  }
  const merged = [...byName.values()]
  return merged.filter(
    ({ privilege, optional }) =>
      !merged.some((other) => includes(privilege, other.privilege) && (optional || !other.optional)),
  )
}

function includes({ of, within = [] }: Privilege, other: HeldPrivilege): boolean {
  return of === other.of && within.includes(other.name)
}

function isJust({ of, name, alike = [] }: Privilege, held: HeldPrivilege): boolean {
  return of === held.of && (name === held.name || alike.includes(held.name))
}

/** Each once, without those that another one includes. */
function widest(privileges: readonly Privilege[]): Privilege[] {
  return [...new Set(privileges)].filter((one) => !privileges.some((other) => includes(one, other)))
}

function stateOf(privilege: Privilege, { privileges, byRoleGroup }: Held): NeedDiagnosis['state'] {
  if (privileges.some((held) => isJust(privilege, held))) return 'held'
  if (privileges.some((held) => includes(privilege, held))) return 'wider'
  if (privilege.of === 'Microsoft Entra' && byRoleGroup)
    return privilege === READ_EXCHANGE ? 'held' : 'unknown'
  return 'missing'
}

function missing({ privilege, why, optional }: Need, { tenant, clientId }: App): Finding {
  const what = inWords(privilege)
  return {
    ...(optional
      ? {
          severity: 'note',
          verdict: 'ok',
          code: 'could-know-more',
          message: `may be given ${what}, ${why}; without it a run goes on`,
        }
      : { severity: 'error', verdict: 'missing', code: 'missing', message: `lacks ${what}, ${why}` }),
    commands: [giveCommand(privilege, clientId, tenant.cloud)],
  }
}

/** What it has and no profile needs, or needs less of. */
function tooMuch(app: App, { privileges }: Held): Finding[] {
  const { tenant, clientId, purposes, mayNeed } = app
  const needed = mayNeed.map(({ privilege }) => privilege)
  return privileges
    .filter((held) => !needed.some((privilege) => isJust(privilege, held)))
    .map((held) => {
      const narrower = widest(needed.filter((privilege) => includes(privilege, held)))
      const writes = couldWrite(held, privileges)
      const enough =
        narrower.length > 0
          ? `${listed(narrower.map(inWords))} ${narrower.length > 1 ? 'are' : 'is'} enough`
          : 'no profile needs it'
      const lacking = narrower.filter((privilege) => !privileges.some((other) => isJust(privilege, other)))
      return {
        severity: writes ? 'error' : 'warning',
        verdict: 'too-much',
        code:
          writes && purposes.includes('plan')
            ? 'plan-could-write'
            : narrower.length > 0
              ? 'wider-than-needed'
              : 'not-needed',
        message: `has ${inWords(held)}${writes ? ', which can write' : ''}: ${enough}`,
        commands: [
          ...lacking.map((privilege) => giveCommand(privilege, clientId, tenant.cloud)),
          ...takeCommands(held, clientId, tenant.cloud),
        ],
      } as const
    })
}

/** Whoever can push a branch can start a job that plans, as the app that plans. */
function oneForBoth(
  { tenant, clientId, purposes }: App,
  needs: readonly Need[],
  held: Held | undefined,
): Finding[] {
  // Whom the Azure CLI signs in, tenants.yaml does not say.
  if (purposes.length < 2 || tenant.credential === 'azure-cli') return []
  const privileges = needs.map(({ privilege }) => privilege)
  const writing = new Set([
    ...privileges.filter((privilege) => couldWrite(privilege, privileges)).map(inWords),
    ...(held?.privileges ?? []).filter((privilege) => couldWrite(privilege, held!.privileges)).map(inWords),
  ])
  if (writing.size === 0) return []
  return [
    {
      severity: 'error',
      verdict: 'too-much',
      code: 'one-app-for-both',
      message: `plans, and can write (${listed([...writing])}): whoever can push a branch could use it. Register a second app that may only read, and name both in tenants.yaml: clientId: { plan: <the new one>, apply: ${clientId} }`,
      commands: [],
    },
  ]
}

/** What tokens do not tell. */
function unseen({ purposes }: App, needs: readonly Need[], { byRoleGroup, noExchange }: Held): Finding[] {
  const needsExchange = needs.some(({ privilege, optional }) => privilege === CALL_EXCHANGE && !optional)
  return [
    ...(byRoleGroup
      ? [
          {
            severity: 'warning',
            verdict: 'ok',
            code: 'role-group',
            message: `may use Exchange by a role group of Exchange, and no token tells what that allows: see that it ${purposes.includes('plan') ? 'only reads (View-Only Recipients)' : 'writes recipients (Mail Recipients, Mail Recipient Creation)'}, with Get-ManagementRoleAssignment`,
            commands: [],
          } as const,
        ]
      : []),
    ...(noExchange && needsExchange
      ? [
          {
            severity: 'error',
            verdict: 'no-sign-in',
            code: noExchange.code,
            message: noExchange.message,
            commands: [],
          } as const,
        ]
      : []),
  ]
}

function inWords({ of, name }: Pick<Privilege, 'of' | 'name'>): string {
  return of === 'Microsoft Entra' ? `the Entra role ${name}` : `${name} (${of})`
}
