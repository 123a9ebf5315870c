import { afterEach, describe, expect, test } from '@jest/globals'
import { Tenants, told, user, type Given } from '../people.ts'

let tenants: Tenants
const start = async (given: Given) => (tenants = await Tenants.start(given))
afterEach(() => tenants.stop())

const ADA = user('Ada Lovelace', {
  id: 'aaaaaaaa-0000-4000-8000-000000000001',
  givenName: 'Ada',
  surname: 'Lovelace',
  jobTitle: 'Engineer',
  department: 'Research',
  companyName: 'Fabrikam Ltd',
  officeLocation: 'B 12',
  businessPhones: ['+49 30 1'],
  mobilePhone: '+49 170 1',
  faxNumber: '+49 30 2',
  streetAddress: 'Main Street 1',
  city: 'Berlin',
  state: 'BE',
  postalCode: '10115',
  country: 'Germany',
})

describe('a person without a contact', () => {
  test('gets one, with every attribute and the mark', async () => {
    await start({ users: [ADA] })
    expect(told(await tenants.plan())).toEqual([
      'create Ada Lovelace <ada.lovelace@fabrikam.com>: new-in-source',
    ])
    expect((await tenants.apply()).outcome).toBe('applied')
    expect(tenants.contact('ada.lovelace@fabrikam.com')).toMatchObject({
      DisplayName: 'Ada Lovelace',
      FirstName: 'Ada',
      LastName: 'Lovelace',
      Title: 'Engineer',
      Department: 'Research',
      Company: 'Fabrikam Ltd',
      Office: 'B 12',
      Phone: '+49 30 1',
      MobilePhone: '+49 170 1',
      Fax: '+49 30 2',
      StreetAddress: 'Main Street 1',
      City: 'Berlin',
      StateOrProvince: 'BE',
      PostalCode: '10115',
      CountryOrRegion: 'Germany',
      CustomAttribute15: 'tenant-sync:people:aaaaaaaa-0000-4000-8000-000000000001',
    })
  })

  test('is shown with each field that will be written', async () => {
    await start({ users: [user('Ada Lovelace', { jobTitle: 'Engineer' })] })
    expect((await tenants.plan()).changes[0]!.fields).toEqual([
      { field: 'externalEmailAddress', before: null, after: 'ada.lovelace@fabrikam.com' },
      { field: 'displayName', before: null, after: 'Ada Lovelace' },
      { field: 'title', before: null, after: 'Engineer' },
    ])
  })

  test('of the same name as another gets one too', async () => {
    const [one, other] = [
      user('Maria Müller', { mail: 'm1@fabrikam.com' }),
      user('Maria Müller', { mail: 'm2@fabrikam.com', userPrincipalName: 'm2@fabrikam.com' }),
    ]
    await start({ users: [one, other] })
    expect((await tenants.apply()).outcome).toBe('applied')
    expect([...tenants.contacts().values()].map(({ DisplayName }) => DisplayName)).toEqual([
      'Maria Müller',
      'Maria Müller',
    ])
  })

  test('with texts longer than Exchange takes has them cut', async () => {
    await start({ users: [user('Ada', { companyName: 'C'.repeat(100), jobTitle: `${'t'.repeat(127)}🙂` })] })
    expect((await tenants.apply()).outcome).toBe('applied')
    const contact = tenants.contact('ada@fabrikam.com')!
    expect(contact['Company']).toBe('C'.repeat(64))
    expect(contact['Title']).toBe('t'.repeat(127))
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('without a name is called by the address', async () => {
    await start({ users: [user('Ada')] })
    tenants.directory.updateUser('ada@fabrikam.com', { displayName: null })
    await tenants.apply()
    expect(tenants.contact('ada@fabrikam.com')).toMatchObject({ DisplayName: 'ada@fabrikam.com' })
    expect((await tenants.plan()).changes).toEqual([])
  })
})

describe('after an apply', () => {
  test('there is nothing to do', async () => {
    await start({ users: [ADA, user('Bob Kahn'), user('Cyd Charisse', { country: 'DE' })] })
    await tenants.apply()
    const before = tenants.simulator.requests.length
    expect((await tenants.plan()).counts).toMatchObject({ create: 0, update: 0, delete: 0, unchanged: 3 })
    expect((await tenants.apply()).outcome).toBe('no-changes')
    expect(tenants.writes(before)).toEqual([])
  })

  test('an idle run asks for the pages of people and of contacts, and for two tokens', async () => {
    await start({
      users: [ADA],
      fabrikam: {
        apps: [
          {
            clientId: '1d2e3f40-0000-4000-8000-00000000000a',
            permissions: ['User.Read.All'],
            secret: 'a-secret-of-the-simulator',
          },
        ],
      },
    })
    await tenants.apply()
    const before = tenants.simulator.requests.length
    await tenants.plan()
    const asked = tenants.simulator.requests
      .slice(before)
      .map(({ service, operation }) => `${service} ${operation}`)
    expect(asked.filter((one) => !one.startsWith('entra')).sort()).toEqual([
      'exchange Get-Contact',
      'exchange Get-MailContact',
      'graph /users',
    ])
    expect(asked.filter((one) => one === 'entra token')).toHaveLength(2)
  })
})

describe('a person who changed', () => {
  const changed = async (change: Record<string, unknown>) => {
    await start({ users: [ADA] })
    await tenants.apply()
    tenants.directory.updateUser('ada.lovelace@fabrikam.com', change)
    return tenants.plan()
  }

  test('is shown with what it was and what it becomes', async () => {
    const plan = await changed({ jobTitle: 'Director' })
    expect(plan.changes).toMatchObject([
      {
        action: 'update',
        reason: 'source-changed',
        fields: [{ field: 'title', before: 'Engineer', after: 'Director' }],
      },
    ])
  })

  test('in case alone is changed too', async () => {
    const plan = await changed({ displayName: 'ADA LOVELACE' })
    expect(plan.changes[0]!.fields).toEqual([
      { field: 'displayName', before: 'Ada Lovelace', after: 'ADA LOVELACE' },
    ])
  })

  test.each([
    ['givenName', 'FirstName'],
    ['surname', 'LastName'],
    ['jobTitle', 'Title'],
    ['department', 'Department'],
    ['companyName', 'Company'],
    ['officeLocation', 'Office'],
    ['mobilePhone', 'MobilePhone'],
    ['faxNumber', 'Fax'],
    ['streetAddress', 'StreetAddress'],
    ['city', 'City'],
    ['state', 'StateOrProvince'],
    ['postalCode', 'PostalCode'],
    ['country', 'CountryOrRegion'],
  ])('and has no %s any more loses %s in the address list, once', async (property, attribute) => {
    const plan = await changed({ [property]: null })
    expect(plan.changes[0]!.fields).toMatchObject([{ after: null }])
    await tenants.apply()
    expect(tenants.contact('ada.lovelace@fabrikam.com')![attribute] ?? '').toBe('')
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('and has no phone any more loses it', async () => {
    await changed({ businessPhones: [] })
    await tenants.apply()
    expect(tenants.contact('ada.lovelace@fabrikam.com')!['Phone'] ?? '').toBe('')
    expect((await tenants.plan()).changes).toEqual([])
  })
})

test('an edit by hand in the target is put back', async () => {
  await start({ users: [ADA] })
  await tenants.apply()
  const { recipients } = tenants.simulator.world.tenants.get('contoso')!
  recipients.update(
    String(tenants.contact('ada.lovelace@fabrikam.com')!['Guid']),
    { Title: 'Boss' },
    tenants.now,
  )
  await tenants.apply()
  expect(tenants.contact('ada.lovelace@fabrikam.com')!['Title']).toBe('Engineer')
})

describe('countries', () => {
  test('are the same as a code and as an English name', async () => {
    await start({ users: [user('Ada', { country: 'DE' }), user('Bob', { country: 'Germany' })] })
    await tenants.apply()
    expect((await tenants.plan()).changes).toEqual([])
    tenants.directory.updateUser('bob@fabrikam.com', { country: 'de' })
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('that Exchange does not know are left out with one warning, and never fail the person', async () => {
    await start({ users: [user('Ada', { country: 'Deutschland' }), user('Bob', { country: 'Ruritania' })] })
    const plan = await tenants.plan()
    expect(plan.warnings.filter(({ code }) => code === 'unknown-country')).toHaveLength(1)
    expect((await tenants.apply()).outcome).toBe('applied')
    expect(tenants.contact('ada@fabrikam.com')!['CountryOrRegion'] ?? '').toBe('')
  })
})

describe('a mapping', () => {
  test('says what is written', async () => {
    await start({
      users: [
        user('Ada Lovelace', {
          jobTitle: 'Engineer',
          onPremisesExtensionAttributes: { extensionAttribute3: 'K7' },
        }),
      ],
      profile: `mapping:
  displayName: "{{displayName}} (Fabrikam)"
  company: Fabrikam
  title: ~
  notes: "{{upper(localPart(mail))}}"
  customAttribute3: "{{extensionAttribute3}}"
  hiddenFromAddressListsEnabled: "{{jobTitle == 'Engineer'}}"`,
    })
    expect((await tenants.apply()).outcome).toBe('applied')
    const contact = tenants.contact('ada.lovelace@fabrikam.com')!
    expect(contact).toMatchObject({
      DisplayName: 'Ada Lovelace (Fabrikam)',
      Company: 'Fabrikam',
      Notes: 'ADA.LOVELACE',
      CustomAttribute3: 'K7',
      HiddenFromAddressListsEnabled: true,
    })
    expect(contact['Title'] ?? '').toBe('')
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('leaves alone what it does not manage', async () => {
    await start({ users: [ADA], profile: 'mapping: { title: ~ }' })
    await tenants.apply()
    const { recipients } = tenants.simulator.world.tenants.get('contoso')!
    recipients.update(
      String(tenants.contact('ada.lovelace@fabrikam.com')!['Guid']),
      { Title: 'By hand', Notes: 'By hand' },
      tenants.now,
    )
    expect((await tenants.plan()).changes).toEqual([])
  })

  test('with a manager reads it', async () => {
    await start({
      users: [user('Boss'), user('Ada', { manager: 'boss@fabrikam.com' })],
      profile: 'mapping: { notes: "reports to {{manager}}" }',
    })
    await tenants.apply()
    expect(tenants.contact('ada@fabrikam.com')!['Notes']).toBe('reports to Boss')
  })

  test('built on what the source does not carry leaves the attribute alone, with one warning', async () => {
    await start({ users: [user('Ada'), user('Bob')], profile: 'mapping: { notes: "{{legacyExchangeDN}}" }' })
    const plan = await tenants.plan()
    expect(plan.warnings.filter(({ code }) => code === 'unknown-field')).toHaveLength(1)
    expect(plan.changes[0]!.fields.some(({ field }) => field === 'notes')).toBe(false)
  })

  test('`when: create` and `when: empty` write only then', async () => {
    await start({
      users: [ADA],
      profile: `mapping:
  mobilePhone: { value: "{{mobilePhone}}", when: empty }
  title: { value: "{{jobTitle}}", when: create }`,
    })
    await tenants.apply()
    tenants.directory.updateUser('ada.lovelace@fabrikam.com', { mobilePhone: '2', jobTitle: 'Director' })
    expect((await tenants.plan()).changes).toEqual([])
  })
})
