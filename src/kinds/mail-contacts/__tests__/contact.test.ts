import { describe, expect, test } from '@jest/globals'
import type { ExchangeReader, Row } from '../../../microsoft/exchange.ts'
import { readMailContacts } from '../contact.ts'

/** Answers each listing with one page. */
function exchange(mailContacts: readonly Row[], contacts: readonly Row[]): ExchangeReader {
  return {
    tenant: 'contoso',
    async *pages(cmdlet) {
      yield await Promise.resolve(cmdlet === 'Get-MailContact' ? mailContacts : contacts)
    },
  }
}

describe('the two objects of a mail contact', () => {
  const people = ['ada', 'bob']

  test.each(['Guid', 'ExternalDirectoryObjectId'])(
    'are joined by their %s, each with its own',
    async (id) => {
      const mailContacts = people.map((name) => ({
        [id]: name,
        ExternalEmailAddress: `SMTP:${name}@fabrikam.com`,
      }))
      const contacts = people.map((name) => ({ [id]: name, Title: `title of ${name}` })).toReversed()
      const joined = await readMailContacts(exchange(mailContacts, contacts))
      expect(joined.map((one) => [one.address, one.value('title')])).toEqual([
        ['ada@fabrikam.com', 'title of ada'],
        ['bob@fabrikam.com', 'title of bob'],
      ])
    },
  )

  test('without anything to be known by are not joined at all', async () => {
    const reading = readMailContacts(exchange([{ Name: 'ada' }], [{ Name: 'bob' }]))
    await expect(reading).rejects.toMatchObject({ code: 'incomplete-read' })
  })
})
