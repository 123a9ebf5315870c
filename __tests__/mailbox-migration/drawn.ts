/** Two tenants drawn at random: people with mailboxes, and who stands for some of them in the target already. */
import fc from 'fast-check'
import { derivedNames, formatMark } from '../../src/people/mark.ts'
import type { MailContactSeed, MailUserSeed, UserSeed } from '../../src/simulator/seed.ts'
import { guidOf, idsOf } from '../../src/simulator/ids.ts'
import { LICENSED, Migrating } from './migrating.ts'

const KEYS = ['ada', 'bob', 'cleo', 'dora', 'ed'] as const
const key = fc.constantFrom(...KEYS)
const rarely = fc.boolean().chain((one) => (one ? fc.boolean() : fc.constant(false)))
const often = rarely.map((one) => !one)

export const personId = (of: string) => guidOf(`person ${of}`)
/** That of the mailbox, where it has no other. */
const mailboxGuid = (of: string) => idsOf('fabrikam')('user-guid', `${of}@fabrikam.com`)

const person = fc.record({
  member: often,
  licensed: often,
  mailbox: fc.constantFrom('user', 'user', 'user', 'shared', 'none'),
  archive: fc.boolean(),
  expanding: rarely,
  hold: fc.constantFrom(undefined, undefined, undefined, 'LitigationHoldEnabled', 'DelayHoldApplied'),
  hidden: fc.boolean(),
  tenants: fc.boolean(),
  title: fc.constantFrom('', 'Engineer', "O'Brien's", '<b>@here</b>', '🙂', '$(whoami)'),
})
type Person = typeof person extends fc.Arbitrary<infer One> ? One : never

const stamp = fc.constantFrom('none', 'own', 'another')
const standIn = fc.oneof(
  fc.record({
    kind: fc.constant('mail-user' as const),
    of: key,
    mark: fc.constantFrom('none', 'ours', 'unfinished', 'another', 'note'),
    stamp,
    synced: rarely,
    forwards: fc.constantFrom('person', 'elsewhere'),
    domain: fc.constantFrom('contoso.com', 'contoso.onmicrosoft.com'),
  }),
  fc.record({ kind: fc.constant('guest' as const), of: key }),
  fc.record({
    kind: fc.constant('contact' as const),
    of: key,
    mark: fc.constantFrom('contacts', 'contacts', 'vanished', 'none'),
    synced: rarely,
  }),
  fc.record({ kind: fc.constant('mailbox' as const), of: key }),
)
type StandIn = typeof standIn extends fc.Arbitrary<infer One> ? One : never

export const world = fc.record({
  people: fc.dictionary(key, person, { minKeys: 1, maxKeys: 4 }),
  there: fc.uniqueArray(standIn, { maxLength: 4, selector: ({ kind, of }) => `${kind} ${of}` }),
  external: fc.constantFrom('primary', 'onmicrosoft'),
})
export type World = typeof world extends fc.Arbitrary<infer One> ? One : never

function user([of, drawn]: [string, Person]): UserSeed {
  const address = `${of}@fabrikam.com`
  return {
    id: personId(of),
    displayName: of,
    userPrincipalName: address,
    mail: address,
    mailbox: drawn.mailbox as 'user',
    ...(drawn.title && { jobTitle: drawn.title }),
    ...(drawn.licensed && LICENSED),
    hiddenInExchange: drawn.hidden,
    exchange: {
      EmailAddresses: [
        `SMTP:${address}`,
        ...(drawn.tenants ? [`smtp:${of}@fabrikam.onmicrosoft.com`] : []),
        `X500:/o=Before/cn=${of}`,
      ],
      ...(drawn.archive && { ArchiveGuid: guidOf(`archive ${of}`) }),
      ...(drawn.expanding && { AutoExpandingArchiveEnabled: true }),
      ...(drawn.hold && { [drawn.hold]: true }),
    },
  }
}

/** Each address once: a tenant takes no other. */
function there(drawn: readonly StandIn[]) {
  const held = new Set<string>()
  const free = (...addresses: string[]) =>
    addresses.every((address) => !held.has(address)) && addresses.every((address) => held.add(address))
  const users: UserSeed[] = []
  const mailUsers: MailUserSeed[] = []
  const mailContacts: MailContactSeed[] = []
  for (const one of drawn) {
    const { of } = one
    const address = `${of}@fabrikam.com`
    if (one.kind === 'guest' && free(address))
      users.push({
        displayName: `${of} as a guest`,
        userPrincipalName: `${of}_fabrikam.com#EXT#@contoso.onmicrosoft.com`,
        userType: 'Guest',
        mail: address,
      })
    if (one.kind === 'mailbox' && free(`${of}@contoso.com`))
      users.push({
        displayName: `another ${of}`,
        userPrincipalName: `${of}@contoso.com`,
        mail: `${of}@contoso.com`,
      })
    if (one.kind === 'contact' && free(address)) {
      mailContacts.push({
        Name: `contact ${of}`,
        ExternalEmailAddress: address,
        EmailAddresses: [`SMTP:${address}`, `X500:/o=Contact/cn=${of}`],
        ...(one.mark !== 'none' && {
          CustomAttribute15: formatMark({ profile: one.mark, person: personId(of) }),
        }),
        ...(one.synced && { IsDirSynced: true }),
      })
    }
    const external =
      one.kind === 'mail-user' && one.forwards === 'elsewhere' ? `${of}@elsewhere.example` : address
    if (one.kind === 'mail-user' && free(external, `${of}@${one.domain}`))
      mailUsers.push({
        displayName: one.mark === 'unfinished' ? derivedNames('people', personId(of))[0]! : `mail user ${of}`,
        address: external,
        primary: `${of}@${one.domain}`,
        userPrincipalName: `${of}@${one.domain}`,
        exchange: {
          ...marked(one.mark, of),
          ...(one.stamp !== 'none' && {
            ExchangeGuid: one.stamp === 'own' ? mailboxGuid(of) : guidOf(`another ${of}`),
          }),
          ...(one.synced && { IsDirSynced: true }),
        },
      })
  }
  return { users, mailUsers, mailContacts }
}

function marked(mark: string, of: string) {
  if (mark === 'note') return { CustomAttribute15: 'EMP-4711' }
  if (mark !== 'ours' && mark !== 'another') return {}
  const profile = mark === 'ours' ? 'people' : 'another'
  return { CustomAttribute15: formatMark({ profile, person: personId(of) }) }
}

const CONTACTS = `name: contacts
kind: mail-contacts
from: [{ entra: fabrikam }]
to: { tenant: contoso }
state: paused
`

export async function within(
  { people, there: drawn, external }: World,
  check: (migrating: Migrating) => Promise<void>,
  limits: string,
): Promise<void> {
  const members = Object.entries(people).filter(([, { member }]) => member)
  const migrating = await Migrating.start({
    users: Object.entries(people).map(user),
    members: members.map(([of]) => `${of}@fabrikam.com`),
    contoso: there(drawn),
    files: { 'contacts.yaml': CONTACTS },
  })
  migrating.profile(`external: ${external}\n${limits}`, { batch: 'autoStart: true, autoComplete: true' })
  try {
    await check(migrating)
  } finally {
    await migrating.tenants.idle()
    await migrating.stop()
  }
}
