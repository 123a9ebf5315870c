import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { PERSON_FIELDS, type Person, type PersonField } from '../../src/people/person.ts'
import { activeDirectorySource } from '../../src/sources/active-directory/active-directory.ts'
import { certificatesOf } from '../../src/sources/active-directory/authority.ts'
import { connect } from '../../src/sources/active-directory/connection.ts'
import { parseFilter } from '../../src/sources/active-directory/filter.ts'
import { pages } from '../../src/sources/active-directory/search.ts'
import { signIn } from '../../src/sources/active-directory/sign-in.ts'
import type { ActiveDirectoryFrom } from '../../src/sources/schema.ts'
import type { SourceRead } from '../../src/sources/source.ts'
import { certificates } from './certificates.ts'
import { DOMAIN, MANY, PASSWORD, STAFF } from './directory.ts'
import { describeWithSamba, startDomainController, type DomainController } from './domain-controller.ts'
import { around, errorOf, from } from './surroundings.ts'

const EVERYTHING = new Set<PersonField>(PERSON_FIELDS)

describeWithSamba('an Active Directory domain controller', () => {
  let controller: DomainController | undefined
  beforeAll(async () => {
    controller = await startDomainController()
  }, 180_000)
  afterAll(() => controller?.stop())

  const ldaps = () => `ldaps://${controller!.host}`

  function read(
    source: ActiveDirectoryFrom,
    { authority = controller!.authority, secrets = {}, fields = EVERYTHING } = {},
  ): Promise<SourceRead> {
    return activeDirectorySource(source, ['from', 0], around(authority, secrets)).read(fields)
  }

  async function refusal(source: ActiveDirectoryFrom, options: Parameters<typeof read>[1] = {}) {
    const error = await errorOf(read(source, options))
    // However deep it is wrapped.
    for (let one: unknown = error; one instanceof Error; one = one.cause)
      expect(JSON.stringify([one.message, one.stack, { ...one }])).not.toContain(PASSWORD)
    return error
  }

  async function person(mail: string, beside: Parameters<typeof from>[1] = {}): Promise<Person | undefined> {
    const { people } = await read(from({ url: ldaps(), filter: `(mail=${mail})` }, beside))
    return people[0]?.person
  }

  test('everybody below the base is read', async () => {
    const { people, warnings } = await read(from({ url: ldaps() }))
    const mails = new Set(people.map((one) => one.person.mail))
    for (let index = 0; index < MANY; index++) expect(mails).toContain(`user${index}@contoso.test`)
    expect(mails).toContain('zoe@contoso.test')
    expect(people).toHaveLength(MANY + 6)
    expect(warnings.map(({ code }) => code)).toEqual(['active-directory-managers-unreadable'])
  })

  test('in pages of at most 500', async () => {
    const connection = await connect({
      url: ldaps(),
      authorities: certificatesOf(Buffer.from(controller!.authority), 'contoso.pem'),
    })
    try {
      await signIn(connection, 'reader@contoso.test', PASSWORD)
      const sizes: number[] = []
      const search = {
        baseDN: STAFF,
        filter: parseFilter('(mail=user*)'),
        attributes: ['mail', 'objectGUID'],
      }
      for await (const { entries } of pages(connection, search)) sizes.push(entries.length)
      // Behind a last page that is full, an empty one may follow.
      expect(sizes.slice(0, 5)).toEqual([500, 500, 500, 500, 500])
      expect(sizes.slice(5).every((size) => size === 0)).toBe(true)
    } finally {
      await connection.close()
    }
  })

  test('StartTLS gives the same people as LDAPS', async () => {
    const [one, other] = await Promise.all(
      ['ldaps', 'ldap'].map((scheme) => read(from({ url: `${scheme}://${controller!.host}` }))),
    )
    expect(other!.people).toEqual(one!.people)
  })

  test('a person has what their entry has', async () => {
    const ada = await person('ada@contoso.test')
    const [objectGUID] = await controller!.printed('(mail=ada@contoso.test)', 'objectGUID')
    expect(ada).toMatchObject({
      id: objectGUID,
      type: 'member',
      displayName: 'Lovelace, Ada',
      givenName: 'Ada',
      surname: 'Lovelace',
      mail: 'ada@contoso.test',
      userPrincipalName: 'lovelaceada@contoso.test',
      alias: 'ada',
      proxyAddresses: ['SMTP:ada@contoso.test', 'smtp:countess@contoso.test', 'x500:/o=Old/cn=ada'],
      jobTitle: 'Engineer',
      department: 'Engines',
      companyName: 'Contoso',
      officeLocation: 'London 12',
      manager: 'Anne Byron',
      businessPhones: ['+44 20 1', '+44 20 2', '+44 20 3'],
      mobilePhone: '+44 77 1',
      faxNumber: '+44 20 9',
      streetAddress: '12 St James Square\nLondon',
      city: 'London',
      state: 'Greater London',
      postalCode: 'SW1Y',
      country: 'United Kingdom',
      employeeId: '1815',
      extensionAttribute1: 'first',
      legacyExchangeDN: '/o=Contoso/cn=ada',
    })
  })

  test('names of any alphabet, in any unit below the base', async () => {
    expect(await person('zoe@contoso.test')).toMatchObject({
      displayName: 'Zoë Müller 张',
      city: 'Zürich',
      country: 'CH',
    })
    const { people } = await read(from({ url: ldaps(), filter: '(l=Zürich)' }))
    expect(people).toHaveLength(1)
  })

  test('every id is the objectGUID', async () => {
    const { people } = await read(from({ url: ldaps(), filter: '(mail=user*)' }))
    const printed = await controller!.printed('(mail=user*)', 'objectGUID')
    expect(people.map((one) => one.person.id).toSorted()).toEqual(printed.toSorted())
  })

  test('a manager is known inside of the base and outside, and counted when hidden from the account', async () => {
    const { people, warnings } = await read(from({ url: ldaps() }))
    const managers = Object.fromEntries(
      people.map(({ person: { mail, manager } }) => [mail.replace(/@.*/, ''), manager]),
    )
    expect(managers).toMatchObject({ ada: 'Anne Byron', zoe: 'Lovelace, Ada', spy: '', user1: '' })
    expect(warnings[0]!.message).toMatch(/^1 manager could not be read/)
    // One who cannot be read is not taken for none.
    const leftAlone = people.filter(({ unknown }) => unknown.has('manager'))
    expect(leftAlone.map(({ person: { mail } }) => mail)).toEqual(['spy@contoso.test'])
    expect(await errorOf(read(from({ url: ldaps() }, { where: 'manager != ""' })))).toMatchObject({
      code: 'where-reads-unknown',
      path: ['from', 0, 'where'],
    })
    const unasked = await read(from({ url: ldaps() }), { fields: new Set(['mail']) })
    expect(unasked.warnings).toEqual([])
  })

  test('a contact that tenant-sync made is nobody to carry on', async () => {
    const { people, skipped } = await read(from({ url: ldaps() }))
    expect(skipped.map(({ label, reason }) => [label, reason])).toEqual([
      ['Made by us <ours@partner.test>', 'made-by-tenant-sync'],
    ])
    expect(people.some(({ person: { mail } }) => mail === 'ours@partner.test')).toBe(false)
  })

  test('rooms, shared mailboxes, contacts and groups are told from members', async () => {
    const { people } = await read(from({ url: ldaps(), filter: '(&(mail=*)(!(mail=user*)))' }))
    const types = Object.fromEntries(people.map(({ person: { mail, type } }) => [mail, type]))
    expect(types).toEqual({
      'ada@contoso.test': 'member',
      'zoe@contoso.test': 'member',
      'spy@contoso.test': 'member',
      'info@contoso.test': 'shared-mailbox',
      'room1@contoso.test': 'room',
      'charles@partner.test': 'contact',
      'engineers@contoso.test': 'group',
    })
  })

  test('disabled accounts and hidden ones are left out, or included', async () => {
    expect(await person('leaver@contoso.test')).toBeUndefined()
    expect(await person('leaver@contoso.test', { disabled: 'include' })).toBeDefined()
    expect(await person('hidden@contoso.test')).toBeUndefined()
    expect(await person('hidden@contoso.test', { hidden: 'include' })).toBeDefined()
  })

  test('who is left out is explained by any address', async () => {
    const { explain } = await read(from({ url: ldaps() }, { where: 'city != "London"' }))
    expect((await explain('leaver@contoso.test')).map(({ why }) => why.code)).toEqual(['disabled'])
    expect((await explain('hidden@contoso.test')).map(({ why }) => why.code)).toEqual(['hidden'])
    expect((await explain('COUNTESS@contoso.test')).map(({ why }) => why.code)).toEqual(['where-not-true'])
    expect((await explain('zoe@contoso.test')).map(({ why }) => why.code)).toEqual(['in-scope'])
    expect(await explain('nobody@contoso.test')).toEqual([])
  })

  test('an attribute that the directory does not have is unknown, not empty', async () => {
    const { people } = await read(from({ url: ldaps(), filter: '(mail=ada@contoso.test)' }))
    const unknown = people[0]!.unknown
    expect([...unknown].toSorted()).toEqual(
      Array.from({ length: 14 }, (_, index) => `extensionAttribute${index + 2}`).toSorted(),
    )
    const error = await refusal(from({ url: ldaps() }, { where: 'extensionAttribute2 == "x"' }))
    expect(error.code).toBe('where-reads-unknown')
  })

  test('the whole domain is read without a word of the partitions that hold no people', async () => {
    const { warnings, people } = await read(from({ url: ldaps(), baseDN: DOMAIN }))
    expect(people.length).toBeGreaterThan(MANY)
    expect(warnings.map(({ code }) => code)).toEqual(['active-directory-managers-unreadable'])
  })

  test('nobody fits the filter', async () => {
    expect((await read(from({ url: ldaps(), filter: '(mail=nobody)' }))).people).toEqual([])
  })

  test.each([
    ['ldaps', 'LDAPS'],
    ['ldap', 'StartTLS'],
  ])('a certificate that nobody trusted signed is refused: %s', async (scheme) => {
    const url = `${scheme}://${controller!.host}`
    const { authority } = await certificates({})
    const other = await refusal(from({ url }), { authority: authority.cert })
    expect(other.code).toBe('active-directory-certificate-untrusted')
    expect(other.message).toContain('caFile names contoso.pem, and none of its certificates signed it')
    const { caFile: _, ...without } = from({ url }).activeDirectory
    const none = await refusal({ ...from({ url }), activeDirectory: without })
    expect(none.code).toBe('active-directory-certificate-untrusted')
    expect(none.advice).toContain('caFile: <PEM')
  })

  test.each([
    ['reader@contoso.test', 'wrong', 'the name or the password is wrong'],
    ['nobody@contoso.test', PASSWORD, 'the name or the password is wrong'],
    ['disabled-reader@contoso.test', PASSWORD, 'the account is disabled'],
    ['locked-reader@contoso.test', PASSWORD, 'the account is locked out'],
    ['expired-reader@contoso.test', PASSWORD, 'the account has expired'],
  ])('sign-in as %s with the password %s is refused', async (bindDN, password, reason) => {
    const error = await refusal(from({ url: ldaps(), bindDN }), { secrets: { AD_PASSWORD: password } })
    expect(error.code).toBe('active-directory-bind-refused')
    expect(error.advice).toContain(reason)
  })

  test('a distinguished name of the environment signs in as well', async () => {
    const { bindDN: _, ...server } = from({ url: ldaps() }).activeDirectory
    const source = { ...from({ url: ldaps() }), activeDirectory: { ...server, bindDNEnv: 'AD_NAME' } }
    const { people } = await read(source, { secrets: { AD_NAME: `CN=reader,CN=Users,${DOMAIN}` } })
    expect(people).toHaveLength(MANY + 6)
  })

  test('an empty password is refused before it signs anybody in', async () => {
    const error = await refusal(from({ url: ldaps() }), { secrets: { AD_PASSWORD: '' } })
    expect(error.code).toBe('active-directory-empty-password')
  })

  test('a base that is not there', async () => {
    const missing = await refusal(from({ url: ldaps(), baseDN: `OU=Stuff,${DOMAIN}` }))
    expect(missing.code).toBe('active-directory-base-not-found')
    expect(missing.message).toContain(`OU=Stuff,${DOMAIN}`)
  })
})
