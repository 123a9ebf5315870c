/** What a source says of somebody, by an address. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { FABRIKAM } from './fabrikam.ts'
import { NAME_AND_MAIL, Recipients } from './recipients.ts'

let tenant: Recipients

beforeAll(async () => {
  tenant = await Recipients.start(FABRIKAM)
})
afterAll(() => tenant.stop())

describe('explained', () => {
  const why = async (address: string, from: Parameters<Recipients['read']>[0] = {}) => {
    const read = await tenant.read(from, NAME_AND_MAIL)
    const before = tenant.simulator.requests.length
    const known = await read.explain(address)
    return {
      told: known.map(({ person, inScope, why: { code, message } }) => ({
        name: person.displayName,
        inScope,
        code,
        message,
      })),
      asked: tenant.cmdlets(before),
    }
  }

  test.each(['ada@fabrikam.com', 'Countess@Fabrikam.com', 'ada00000-0000-4000-8000-00000000000a'])(
    '%s is in scope, and nothing more is asked',
    async (address) => {
      expect(await why(address)).toEqual({
        told: [
          { name: 'Ada Lovelace', inScope: true, code: 'in-scope', message: 'in scope, as a user mailbox' },
        ],
        asked: [],
      })
    },
  )

  test('who was left out, and by what', async () => {
    expect((await why('grace@fabrikam.com')).told).toMatchObject([{ inScope: false, code: 'hidden' }])
    expect((await why('ada@fabrikam.com', { where: 'jobTitle == "Admiral"' })).told).toMatchObject([
      { inScope: false, code: 'where-not-true' },
    ])
    expect((await why('ada@fabrikam.com', { groups: ['Admins'] })).told).toMatchObject([
      { inScope: false, code: 'outside-groups' },
    ])
  })

  test.each([
    ['info@fabrikam.com', /is a shared mailbox, and include has user-mailboxes alone/],
    ['team@fabrikam.com', /is a Microsoft 365 group/],
    ['carl@partner.com', /is a mail contact/],
    ['g@contoso.com', /is of the type GuestMailUser/],
    ["o'brien@fabrikam.com", /is an equipment mailbox/],
    ["Brian.O'Brien@fabrikam.com", /is an equipment mailbox/],
  ])('%s is of another type: one request', async (address, message) => {
    const { told, asked } = await why(address)
    expect(told).toMatchObject([{ inScope: false, code: 'not-in-include' }])
    expect(told[0]!.message).toMatch(message)
    expect(asked).toEqual(['Get-Recipient'])
  })

  test('what was made since the read, by the rules of the read', async () => {
    const read = await tenant.read(
      { include: ['mail-contacts'], where: 'mobilePhone == "+1 6"' },
      NAME_AND_MAIL,
    )
    const { recipients } = tenant.simulator.world.tenants.get('fabrikam')!
    const [carl] = recipients.ofType('MailContact')
    const { guid } = recipients.add(
      {
        ...carl!,
        guid: '00000000-0000-4000-8000-0000000000aa',
        objectId: '00000000-0000-4000-8000-0000000000bb',
        values: {
          ...carl!.values,
          Name: 'Dora',
          EmailAddresses: ['SMTP:dora@partner.com'],
          ExternalEmailAddress: 'dora@partner.com',
          MobilePhone: '+1 6',
        },
      },
      new Date(),
    )
    for (const name of ['dora@partner.com', '00000000-0000-4000-8000-0000000000bb'])
      expect(await read.explain(name)).toMatchObject([{ inScope: true, why: { code: 'in-scope' } }])
    recipients.remove(guid)
  })

  test('nobody', async () => {
    expect((await why('nobody@fabrikam.org')).told).toEqual([])
  })
})
