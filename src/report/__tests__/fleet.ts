/** A plan whose changes many mailboxes share, and what an apply made of it. */
import type { Result } from '../../engine/result.ts'
import { change, plan, profile } from './sample.ts'

const address = (index: number) => `colleague.${index}@fabrikam.com`
const addresses = (count: number) => Array.from({ length: count }, (_, index) => address(index))

const CHANGES = [
  change({
    action: 'create',
    object: 'contact-folder',
    key: 'Colleagues',
    label: 'Colleagues',
    reason: 'missing',
    configuration: true,
    mailboxSet: 'm1',
    fields: [{ field: 'displayName', before: null, after: 'Colleagues' }],
  }),
  change({
    action: 'create',
    object: 'contact',
    label: 'Zoë Ångström <zoe.angstrom@fabrikam.com>',
    mailboxSet: 'm2',
    fields: [
      { field: 'displayName', before: null, after: 'Zoë Ångström' },
      { field: 'emailAddresses', before: null, after: ['Zoë Ångström <zoe.angstrom@fabrikam.com>'] },
    ],
  }),
  change({
    action: 'update',
    object: 'contact',
    label: 'Ada Lovelace <ada@fabrikam.com>',
    mailboxSet: 'm2',
    fields: [{ field: 'jobTitle', before: 'Engineer', after: 'Principal Engineer' }],
  }),
  change({
    action: 'update',
    object: 'contact',
    label: 'Charles Babbage <charles@fabrikam.com>',
    targetId: 'AAMkAGI2TAAA=',
    reason: 'drift',
    mailboxSet: 'm3',
    fields: [{ field: 'businessAddress.city', before: 'Paris', after: 'London' }],
  }),
  change({
    action: 'delete',
    object: 'contact',
    label: 'Grace Hopper <grace.hopper@fabrikam.com>',
    mailboxSet: 'm2',
  }),
].map(({ targetId, ...rest }) => ({ ...rest, ...(targetId?.startsWith('AAMk') && { targetId }) }))

const UNREACHED = {
  code: 'mailbox-unavailable',
  message: '2 mailboxes could not be reached.',
  advice: '2 mailboxes could not be reached.',
}

export const FLEET = plan([
  profile({
    name: 'gal-on-phones',
    kind: 'personal-contacts',
    file: 'sync-profiles/gal-on-phones.yaml',
    to: 'fabrikam',
    mailboxes: 1240,
    managed: 372_000,
    allowed: { creates: 186_000, updates: 372_000, deletes: 37_200 },
    counted: { creates: 1240, updates: 1241, deletes: 1240 },
    counts: { create: 1243, update: 1241, delete: 1240, unchanged: 369_519 },
    changes: CHANGES,
    mailboxSets: [
      { id: 'm1', mailboxes: addresses(3) },
      { id: 'm2', mailboxes: addresses(1240) },
      { id: 'm3', mailboxes: [address(7)] },
    ],
    skipped: [
      {
        key: '31',
        label: 'Alan Turing <alan@fabrikam.com>',
        reason: 'mailbox-unavailable',
        detail: 'Alan Turing has no licence for Exchange Online: assign one, or take the mailbox out.',
      },
      {
        key: '1d2e3f40-0000-4000-8000-00000000000a',
        label: '1d2e3f40-0000-4000-8000-00000000000a',
        reason: 'mailbox-unavailable',
        detail: 'Nobody in tenant fabrikam goes by this object id.',
      },
      { key: '33', label: 'Meeting Room 4', reason: 'no-mail-address', detail: 'no mail address' },
    ],
    warnings: [UNREACHED],
  }),
])

const full = (request: string) => ({
  code: 'ErrorQuotaExceeded',
  message: `fabrikam: the mailbox is full (request ${request}).`,
})

/** Of each change another end: done, divided in several ways, held. */
export const FLEET_RESULT: Result = {
  outcome: 'partial',
  plan: FLEET,
  profiles: [
    {
      name: 'gal-on-phones',
      outcome: 'partial',
      done: { create: 1240, update: 1237, delete: 0 },
      held: 1240,
      failed: 5,
      skipped: 2,
      changes: [
        { status: 'divided', done: 2, failures: [{ mailbox: address(1), error: full('9c-1') }], skipped: [] },
        {
          status: 'divided',
          done: 1238,
          failures: [
            { mailbox: address(2), error: { code: 'ErrorInternal', message: 'later' }, begun: true },
          ],
          skipped: [{ mailbox: address(1), why: 'waits for Colleagues' }],
        },
        {
          status: 'divided',
          done: 1236,
          failures: [1, 8, 9].map((index) => ({ mailbox: address(index), error: full(`9c-${index}`) })),
          skipped: [{ mailbox: address(3), why: 'the run was stopped' }],
        },
        { status: 'done' },
        { status: 'held', why: 'unreviewed' },
      ],
      errors: [UNREACHED],
    },
  ],
}
