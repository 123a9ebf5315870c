/** How a profile of personal contacts is written, and what is told of a wrong one. */
import { describe, expect, test } from '@jest/globals'
import { faults, load } from '../../__tests__/written.ts'

describe('personal-contacts', () => {
  const profile = `
name: gal-on-phones
kind: personal-contacts
from: [{ entra: fabrikam, include: [members, org-contacts] }]
to:
  tenant: fabrikam
  mailboxes: { users: [ada@fabrikam.com], groups: [Field Staff], all: false, exclude: [ceo@fabrikam.com] }
  folder: Colleagues
  includeOwner: false
  withoutMail: false
  photos: false
mapping:
  categories: [Company, "{{department}}"]
  businessPhones: "{{businessPhones}}"
  emailAddresses: [{ address: "{{mail}}", name: "{{displayName}}" }]
  businessAddress: { street: "{{streetAddress}}", city: ~ }
  nickName: { value: "{{givenName}}", when: create }
adopt: [{ o365synchronizer: { guidPrefix: "" } }]
`
  const small = (mailboxes: string, more = '', name = 'gal') => `
name: ${name}
kind: personal-contacts
from: [{ entra: fabrikam }]
to: { tenant: fabrikam, mailboxes: ${mailboxes} }
${more}
`

  test('with all that can be said', async () => {
    expect(await faults(profile)).toEqual([])
  })

  test('with everything written now and then', async () => {
    const mapping = `mapping:
  businessPhones: { value: ["{{mobilePhone}}"], when: empty }
  emailAddresses: { value: [{ address: "{{mail}}" }], when: create }
  businessAddress: { city: { value: "{{city}}", when: empty } }
  categories: { value: Company, when: create }`
    expect(await faults(small('{ all: true }', mapping))).toEqual([])
    expect(await faults(small('{ all: true }', mapping.replace('mobilePhone', 'mobile')))).toEqual([
      expect.stringContaining('a person has no field `mobile`'),
    ])
  })

  test('with its defaults', async () => {
    const { profiles } = await load(small('{ all: true }'))
    expect(profiles[0]!.profile).toMatchObject({
      to: {
        mailboxes: { all: true },
        includeOwner: false,
        withoutMail: false,
        photos: false,
      },
    })
  })

  test('with slips of the pen', async () => {
    expect(await faults(profile.replace('nickName', 'nikName').replace('{{mail}}', '{{mial}}'))).toEqual([
      'a.yaml:14:34 a person has no field `mial`: did you mean `mail`?',
      'a.yaml:16:3 unknown key `nikName` in `mapping`: did you mean `nickName`?',
    ])
  })

  test('that names no mailbox', async () => {
    expect(await faults(small('{ exclude: [ada@fabrikam.com] }'))).toEqual([
      'a.yaml:4:25 `to.mailboxes` names none: give users, groups, or all: true',
    ])
    expect(await faults(small('{}', 'state: absent'))).toEqual([])
  })

  test('that includes and excludes the same mailbox', async () => {
    expect(await faults(small('{ users: [ada@fabrikam.com], exclude: [Ada@fabrikam.com] }'))).toEqual([
      'a.yaml:4:46 `ada@fabrikam.com` stands under `exclude` too, which wins',
    ])
  })

  test('that wants photos from where there are none', async () => {
    const text = small('{ all: true }, photos: true').replace('{ entra: fabrikam }', '{ csv: people.csv }')
    expect(await faults(text)).toContain('a.yaml:4:51 `photos` has no effect: no source is a tenant')
  })

  test('that adopts what another one adopts', async () => {
    const adopting = (name: string, prefix: string, to = '') =>
      small(`{ all: true }${to}`, `adopt: [{ o365synchronizer: { guidPrefix: "${prefix}" } }]`, name)
    expect(await faults(adopting('one', 'O365'), adopting('two', 'O365'))).toEqual([
      'b.yaml:5:9 contacts with the prefix "O365" are adopted by profile `one` too, in the same folder of the same tenant: only one of them may',
    ])
    expect(await faults(adopting('one', 'O365'), adopting('two', 'Other'))).toEqual([])
    expect(await faults(adopting('one', 'O365'), adopting('two', 'O365', ', folder: Sales'))).toEqual([])
  })
})
