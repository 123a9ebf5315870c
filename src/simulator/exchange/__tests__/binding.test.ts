import { describe, expect, test } from '@jest/globals'
import { exchangeOf } from './service.ts'

const ADA = { Name: 'ada', ExternalEmailAddress: 'ada@fabrikam.com' }
const exchange = () => exchangeOf({ mailContacts: [ADA] })

describe('names', () => {
  test('a parameter that the cmdlet does not have: the recorded refusal, to the letter', async () => {
    const { status, body } = await exchange().run('Get-MailContact', { BogusParameter: 1 })
    const type = 'Microsoft.Exchange.AdminApi.CommandInvocation.AmbiguousParameterSetException'
    const text =
      'Parameter set cannot be resolved using the specified named parameters. Invalid cmdlet parameters specified. BogusParameter'
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: {
        code: 'BadRequest',
        message: 'Invalid Operation',
        details: [{ code: 'Client', target: '', message: `|${type}|${text}` }],
        innererror: {
          message: 'Invalid Operation',
          type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
          stacktrace: '',
          internalexception: { message: text, type, stacktrace: '' },
        },
      },
    })
  })

  test('a parameter that is there on premises alone is refused alike', async () => {
    const { error } = await exchange().run('Set-MailContact', { Identity: 'ada', SecondaryAddress: 'x' })
    expect(error?.text).toMatch(/Invalid cmdlet parameters specified\. SecondaryAddress$/)
  })

  test('names count without case, and aliases are names too', async () => {
    const { status } = await exchange().run('remove-mailcontact', { identity: 'ada', cf: false })
    expect(status).toBe(200)
  })

  test('parameters of two sets do not go together', async () => {
    const { error } = await exchange().run('Get-MailContact', { Identity: 'ada', ANR: 'ada' })
    expect(error?.text).toBe('Parameter set cannot be resolved using the specified named parameters.')
  })

  test('what must be given depends on the set of parameters that the others are in', async () => {
    const mailUser = { Name: 'ada', MicrosoftOnlineServicesID: 'ada@contoso.com' }
    const { error } = await exchange().run('New-MailUser', {
      ...mailUser,
      ExternalEmailAddress: 'a@fabrikam.com',
    })
    expect(error?.text).toMatch(/missing mandatory parameters: Password\.$/)
  })

  test('what must be given and is not', async () => {
    const { error } = await exchange().run('New-MailContact', { Alias: 'x' })
    expect(error?.text).toBe(
      'Cannot process command because of one or more missing mandatory parameters: Name ExternalEmailAddress.',
    )
    expect((await exchange().run('Set-Contact', { Identity: null })).error?.text).toMatch(
      /parameters: Identity\.$/,
    )
  })

  test('no such cmdlet, or one that is no longer in Exchange Online', async () => {
    for (const cmdlet of ['Get-Nonsense', 'Set-UserPhoto'])
      expect((await exchange().run(cmdlet)).error?.text).toContain(
        `The term '${cmdlet}' is not recognized as the name of a cmdlet`,
      )
  })

  test('what Exchange does and the simulator does not is not passed off as done', async () => {
    expect((await exchange().run('Get-ManagementRoleAssignment')).status).toBe(501)
    expect((await exchange().run('Remove-MailContact', { Identity: 'ada', WhatIf: true })).status).toBe(501)
  })
})

describe('values', () => {
  const set = (parameters: object) => exchange().run('Set-MailContact', { Identity: 'ada', ...parameters })

  test('a boolean is true or false, no text', async () => {
    const { status, error, body } = await set({ HiddenFromAddressListsEnabled: '$true' })
    expect(status).toBe(400)
    expect(error).toMatchObject({
      type: 'Microsoft.Exchange.AdminApi.CommandInvocation.ParameterTransformationException',
      text: expect.stringMatching(
        /^Cannot process argument transformation on parameter 'HiddenFromAddressListsEnabled'\. Cannot convert value "\$true" to type "System\.Boolean"\./,
      ),
    })
    // As recorded: this one has no details.
    expect((body as { error: object }).error).not.toHaveProperty('details')
  })

  test('null is no boolean', async () => {
    expect((await set({ HiddenFromAddressListsEnabled: null })).error?.type).toMatch(
      /ParameterTransformation/,
    )
  })

  test('a value that the enumeration does not have: those it has are told', async () => {
    expect((await set({ MessageFormat: 'Nonsense' })).error?.text).toMatch(
      /Unable to match the identifier name Nonsense to a valid enumerator name\. Specify one of the following enumerator names and try again: Text, Mime"$/,
    )
  })

  test('an object where a text belongs', async () => {
    expect((await set({ DisplayName: { a: 1 } })).error?.type).toMatch(/ParameterTransformation/)
  })

  test('a name that is empty', async () => {
    expect((await set({ Name: '' })).error?.text).toBe(
      "Cannot bind argument to parameter 'Name' because it is an empty string.",
    )
  })

  test.each([
    ['Set-MailContact', 'Name', 64],
    ['Set-MailContact', 'DisplayName', 256],
    ['Set-MailContact', 'Alias', 64],
    ['Set-MailContact', 'CustomAttribute15', 1024],
    ['Set-MailContact', 'MailTip', 175],
    ['Set-Contact', 'FirstName', 64],
    ['Set-Contact', 'LastName', 64],
    ['Set-Contact', 'Initials', 6],
    ['Set-Contact', 'Title', 128],
    ['Set-Contact', 'Company', 64],
    ['Set-Contact', 'Department', 64],
    ['Set-Contact', 'Office', 128],
    ['Set-Contact', 'Phone', 64],
    ['Set-Contact', 'MobilePhone', 64],
    ['Set-Contact', 'Fax', 64],
    ['Set-Contact', 'City', 128],
    ['Set-Contact', 'StateOrProvince', 128],
    ['Set-Contact', 'PostalCode', 40],
    ['Set-Contact', 'StreetAddress', 1024],
    ['Set-Contact', 'Notes', 5000],
  ])('%s %s takes %i characters and no more', async (cmdlet, parameter, max) => {
    const fits = await exchange().run(cmdlet, { Identity: 'ada', [parameter]: 'x'.repeat(max) })
    expect(fits.status).toBe(200)
    const long = await exchange().run(cmdlet, { Identity: 'ada', [parameter]: 'x'.repeat(max + 1) })
    expect(long.error?.text).toContain(
      `The length of the property is too long. The maximum length is ${max} and the length of the value provided is ${max + 1}.`,
    )
  })
})

describe('countries', () => {
  const setCountry = async (country: string) => {
    const service = exchange()
    const { error } = await service.run('Set-Contact', { Identity: 'ada', CountryOrRegion: country })
    const [row] = (await service.run('Get-Contact', { Identity: 'ada' })).rows
    return error?.text ?? row?.['CountryOrRegion']
  }

  test.each([
    ['DE', 'Germany'],
    ['de', 'Germany'],
    ['Germany', 'Germany'],
    ['united states', 'United States'],
    ["Côte d'Ivoire", "Côte d'Ivoire"],
  ])('%s is kept as %s', async (given, kept) => expect(await setCountry(given)).toBe(kept))

  test.each(['Deutschland', 'United States of America', 'XX', 'DEU'])('%s is none', async (given) =>
    expect(await setCountry(given)).toBe(
      `Cannot process argument transformation on parameter 'CountryOrRegion'. Cannot convert value "${given}" to type "Microsoft.Exchange.Data.Directory.CountryInfo". Error: "The ISO-3166 2-letter country/region code or friendly name "${given}" does not represent a country/region."`,
    ),
  )
})
