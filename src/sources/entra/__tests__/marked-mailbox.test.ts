/** A mark moves with whom it was made for: a mail user of ours may have become the mailbox of a colleague. */
import { expect, test } from '@jest/globals'
import { MARK } from '../../exchange/__tests__/fabrikam.ts'
import { NAME_AND_MAIL, Recipients } from '../../exchange/__tests__/recipients.ts'
import { entraSource } from '../entra.ts'

test('a mailbox that bears a mark is somebody', async () => {
  const tenant = await Recipients.start({
    users: [
      {
        userPrincipalName: 'ada@fabrikam.com',
        displayName: 'Ada',
        mail: 'ada@fabrikam.com',
        onPremisesExtensionAttributes: { extensionAttribute15: MARK },
      },
    ],
    mailContacts: [{ Name: 'made', ExternalEmailAddress: 'made@contoso.com', CustomAttribute15: MARK }],
  })
  const { people, skipped } = await entraSource(
    { entra: 'fabrikam', include: ['members', 'org-contacts'], hidden: 'exclude', disabled: 'exclude' },
    ['from', 0],
    tenant.around,
  ).read(NAME_AND_MAIL)
  expect(people.map(({ person }) => person.mail)).toEqual(['ada@fabrikam.com'])
  // So marks were read.
  expect(skipped.map(({ label }) => label)).toEqual(['made <made@contoso.com>'])
  await tenant.stop()
})
