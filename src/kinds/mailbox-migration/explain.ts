/** Whether somebody's mailbox moves, what keeps it, and who stands for it in the target. */
import type { Explanation, Standing } from '../../engine/explanation.ts'
import { openNotice } from '../../engine/notice.ts'
import { outlookHealth } from './mailboxes/outlook.ts'
import { MAIL_USER, MARK, type MailUser } from './mailboxes/mail-user.ts'
import type { Proposing } from './planning/proposal.ts'
import type { MailboxMigrationProfile } from './schema.ts'

export function explanation(
  address: string,
  { found, outlooks, batches, proposal }: Proposing,
  { from, to, name, formerly = [] }: MailboxMigrationProfile,
): Explanation {
  const wanted = address.toLowerCase()
  const own = new Set([name, ...formerly])
  const outlook = [...outlooks.values()].find(
    ({ mailbox }) => mailbox.key === wanted || mailbox.addresses.includes(wanted),
  )
  const label = `<${wanted}>`
  const member = found.scope.members.find(
    (one) => one.key === wanted || one.label.toLowerCase().endsWith(label),
  )
  const key = outlook?.mailbox.key ?? member?.key
  const standing = found.mailUsers
    .filter(
      (one) =>
        one.addresses.includes(wanted) ||
        one.external === wanted ||
        (key !== undefined && one.mark?.person.toLowerCase() === key) ||
        (outlook !== undefined && one.exchangeGuid === outlook.mailbox.exchangeGuid),
    )
    .map((one) => standingMailUser(one, own))
  if (outlook) {
    const health = outlookHealth(outlook, new Map(), batches)
    return {
      verdict: 'included',
      reasons: [
        openNotice('member', `a direct member of the group ${from.group} of tenant ${from.tenant}`),
        {
          code: 'readiness',
          message: health.message,
          ...(health.advice !== undefined && { advice: health.advice }),
        },
      ],
      key: outlook.mailbox.key,
      label: health.key,
      standing,
      proposal,
    }
  }
  if (member) {
    const text = found.moved.has(member.key)
      ? `a member of the group ${from.group}, whose mailbox has moved to ${to.tenant}`
      : `a member of the group ${from.group}, without a mailbox in ${from.tenant}`
    const reasons = [openNotice(found.moved.has(member.key) ? 'moved' : 'no-mailbox', text)]
    return { verdict: 'included', reasons, key: member.key, label: member.label, standing, proposal }
  }
  const reasons = [
    openNotice('not-a-member', `no direct member of the group ${from.group} of tenant ${from.tenant}`),
  ]
  return { verdict: 'unknown', reasons, standing, proposal }
}

function standingMailUser(one: MailUser, own: ReadonlySet<string>): Standing {
  const { mark } = one
  return {
    object: MAIL_USER,
    targetId: one.id,
    whose: !mark
      ? 'without a mark'
      : own.has(mark.profile)
        ? 'of this profile'
        : `of profile ${mark.profile}`,
    ...(mark && { key: mark.person.toLowerCase() }),
    attributes: {
      displayName: one.displayName,
      emailAddresses: one.emailAddresses,
      externalEmailAddress: one.external,
      exchangeGuid: one.exchangeGuid ?? null,
      archiveGuid: one.archiveGuid ?? null,
      [MARK]: one.markText || null,
    },
  }
}
