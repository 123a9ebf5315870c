import { describe, expect, test } from '@jest/globals'
import type { Entry } from 'ldapts'
import { accountOf } from '../entry.ts'

const objectGUID = Buffer.from('00112233445566778899aabbccddeeff', 'hex')

function account(attributes: Omit<Entry, 'dn'> = {}) {
  return accountOf({ dn: 'CN=Ada,DC=contoso,DC=com', objectGUID, ...attributes })
}

describe('an entry as a person', () => {
  test('what it lacks is empty, and asked for in vain is lacking', () => {
    const { person, managerDN, disabled, hidden } = account({ title: [], manager: [] })
    expect(person).toMatchObject({ id: '33221100-5544-7766-8899-aabbccddeeff', type: 'member' })
    expect(person).toMatchObject({
      jobTitle: '',
      mail: '',
      manager: '',
      proxyAddresses: [],
      businessPhones: [],
    })
    expect({ managerDN, disabled, hidden }).toEqual({ managerDN: '', disabled: false, hidden: false })
  })

  test('of several values, a text is the first', () => {
    expect(account({ title: ['Engineer', 'Countess'] }).person.jobTitle).toBe('Engineer')
  })

  test('values that came as bytes are read as UTF-8', () => {
    const { person } = account({
      displayName: Buffer.from('Zoë'),
      proxyAddresses: [Buffer.from('smtp:z@x.com')],
    })
    expect(person).toMatchObject({ displayName: 'Zoë', proxyAddresses: ['smtp:z@x.com'] })
  })

  test('names of attributes are told apart without case', () => {
    expect(account({ TelephoneNumber: '1', MAIL: 'a@x.com' }).person).toMatchObject({
      mail: 'a@x.com',
      businessPhones: ['1'],
    })
  })

  test('the first phone stays first; others stand in an order that does not depend on the server', () => {
    const phones = (otherTelephone: string[]) =>
      account({ telephoneNumber: '9', otherTelephone }).person.businessPhones
    expect(phones(['2', '1'])).toEqual(['9', '1', '2'])
    expect(phones(['1', '2'])).toEqual(['9', '1', '2'])
  })

  test("the country's name is preferred to its code", () => {
    expect(account({ co: 'Switzerland', c: 'CH' }).person.country).toBe('Switzerland')
    expect(account({ c: 'CH' }).person.country).toBe('CH')
  })

  test.each([
    [{ objectClass: ['top', 'group'] }, 'group'],
    [{ objectClass: ['top', 'person', 'organizationalPerson', 'contact'] }, 'contact'],
    [{ objectClass: ['top', 'person', 'user'] }, 'member'],
    [{ msExchRecipientTypeDetails: '1' }, 'member'],
    [{ msExchRecipientTypeDetails: '4' }, 'shared-mailbox'],
    [{ msExchRecipientTypeDetails: '34359738368' }, 'shared-mailbox'],
    [{ msExchRecipientTypeDetails: '16' }, 'room'],
    [{ msExchRecipientTypeDetails: '8589934592' }, 'room'],
    [{ msExchRecipientTypeDetails: '32' }, 'equipment'],
    [{ msExchRecipientTypeDetails: '17179869184' }, 'equipment'],
    [{ msExchRecipientTypeDetails: 'constructor' }, 'member'],
  ])('%o is of the type %s', (attributes, type) => {
    expect(account(attributes).person.type).toBe(type)
  })

  test.each([
    ['512', '', false],
    ['514', '', true],
    ['66050', '', true],
    ['-2147483646', '', true],
    ['514', '1', true],
    ['514', '16', false],
    ['514', '34359738368', false],
    ['514', '2', false],
    ['', '', false],
    ['0x2', '', false],
  ])('userAccountControl %s of the mailbox type "%s": disabled %s', (control, mailbox, disabled) => {
    const attributes = { userAccountControl: control, msExchRecipientTypeDetails: mailbox }
    expect(account(attributes).disabled).toBe(disabled)
  })

  test('hidden is who is said to be', () => {
    expect(account({ msExchHideFromAddressLists: 'TRUE' }).hidden).toBe(true)
    expect(account({ msExchHideFromAddressLists: 'FALSE' }).hidden).toBe(false)
  })

  test.each([{ objectGUID: [] }, { objectGUID: 'text' }, { objectGUID: Buffer.alloc(3) }])(
    'without an objectGUID nobody is known: %o',
    (attributes) => {
      expect(() => account(attributes)).toThrow(
        expect.objectContaining({
          code: 'active-directory-no-id',
          message: expect.stringContaining('CN=Ada,DC=contoso,DC=com'),
          advice: expect.not.stringContaining('Ada'),
        }),
      )
    },
  )

  test('some values of very many are refused', () => {
    expect(() => account({ 'proxyAddresses;range=0-1499': ['smtp:a@x.com'], proxyAddresses: [] })).toThrow(
      expect.objectContaining({ code: 'active-directory-too-many-values' }),
    )
  })
})
