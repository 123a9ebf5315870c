/** Two tenants in which an apply has much to do. */
import { formatMark } from '../../src/people/mark.ts'
import { drift, expireSecret, SETTINGS_OF_OTHERS } from './drifted.ts'
import { ADA, BOB, LIMITLESS, Migrating, type Starting } from './migrating.ts'

export interface Beginning {
  readonly name: string
  begin(more?: Starting): Promise<Migrating>
}

const STARTING = 'autoStart: true, autoComplete: true, notify: it@contoso.com'

/** A profile of mail contacts, which Ada's is of; it does nothing now. */
const CONTACTS = {
  'contacts.yaml': `name: contacts
kind: mail-contacts
from: [{ entra: fabrikam }]
to: { tenant: contoso }
state: paused
`,
}

/** Where Ada's mail goes while she has no mail user. */
export const CONTACT = {
  Name: 'ada-of-fabrikam',
  DisplayName: 'Ada (Fabrikam)',
  ExternalEmailAddress: ADA.userPrincipalName,
  EmailAddresses: [`SMTP:${ADA.userPrincipalName}`, 'X500:/o=Contoso/cn=ada-before'],
  LegacyExchangeDN: '/o=Contoso/cn=ada-contact',
  CustomAttribute15: formatMark({ profile: 'contacts', person: '6b0f8c1e-0000-4000-8000-0000000000ad' }),
}

async function begun(
  profile: Parameters<Migrating['profile']>,
  given: Starting,
  more?: Starting,
): Promise<Migrating> {
  const migrating = await Migrating.start({ ...given, ...more })
  migrating.profile(...profile)
  return migrating
}

/** Everything is still to be made. */
const NOTHING: Beginning = {
  name: 'from nothing',
  begin: (more) => begun([LIMITLESS, { batch: STARTING }], {}, more),
}

/** Everything stands, and all that can differ from the profile does. */
const DRIFTED: Beginning = {
  name: 'from what drifted',
  async begin(more) {
    const migrating = await begun([], {}, more)
    await migrating.apply()
    drift(migrating)
    migrating.profile(LIMITLESS, {
      batch: 'autoStart: true, completeAfter: 2027-01-02T03:04:05Z, notify: it@contoso.com',
    })
    return migrating
  },
}

/** All mailboxes are copied, and the secret that the endpoint holds has expired. */
const SYNCED: Beginning = {
  name: 'from a batch that is synchronized, and a secret that has expired',
  async begin(more) {
    const migrating = await begun([LIMITLESS, { batch: 'autoStart: true' }], {}, more)
    await migrating.apply()
    migrating.advance('wave-1', 3)
    expireSecret(migrating)
    migrating.profile(LIMITLESS, { batch: STARTING })
    return migrating
  },
}

/** Ada comes into the group: a mail user takes the place of her contact, and a second batch takes her. */
const CONTACT_REPLACED: Beginning = {
  name: 'from a contact that gives way',
  async begin(more) {
    const migrating = await begun(
      [LIMITLESS, { batch: STARTING }],
      { members: [BOB.userPrincipalName], contoso: { mailContacts: [CONTACT] }, files: CONTACTS },
      more,
    )
    await migrating.apply()
    migrating.join(ADA.userPrincipalName)
    return migrating
  },
}

/** Everything stands, the batch runs, and all of it is to go; the source had a relationship before. */
const ESTABLISHED: Beginning = {
  name: 'taking down',
  async begin(more) {
    const migrating = await begun(
      [LIMITLESS, { batch: STARTING }],
      {
        fabrikam: {
          migration: {
            relationships: [{ Name: 'Free and busy', DomainNames: ['contoso.com'], ...SETTINGS_OF_OTHERS }],
          },
        },
      },
      more,
    )
    await migrating.apply()
    migrating.advance('wave-1')
    migrating.profile(`${LIMITLESS}\nstate: absent`, { batch: STARTING })
    return migrating
  },
}

export const BEGINNINGS = [NOTHING, DRIFTED, SYNCED, CONTACT_REPLACED, ESTABLISHED] as const
