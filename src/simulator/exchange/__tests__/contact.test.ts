import { describe, expect, test } from '@jest/globals'
import { exchangeOf, type Exchange } from './service.ts'

const seeded = () =>
  exchangeOf({
    users: [{ userPrincipalName: 'boss@contoso.com', displayName: 'The Boss', mail: 'boss@contoso.com' }],
    groups: [{ displayName: 'Board', mail: 'board@contoso.com' }],
    mailContacts: [
      {
        Name: 'ada',
        ExternalEmailAddress: 'ada@fabrikam.com',
        Title: 'Countess',
        OtherTelephone: ['1', '2'],
      },
    ],
  })
const set = (exchange: Exchange, parameters: object) =>
  exchange.run('Set-Contact', { Identity: 'ada', ...parameters })
const ada = async (exchange: Exchange) => (await exchange.run('Get-Contact', { Identity: 'ada' })).rows[0]!

describe('Set-Contact', () => {
  test('sets what Get-Contact shows and Get-MailContact does not', async () => {
    const exchange = seeded()
    await set(exchange, { Title: 'Analyst', Company: 'Fabrikam', Notes: 'a\nb', CountryOrRegion: 'gb' })
    expect(await ada(exchange)).toMatchObject({
      Title: 'Analyst',
      Company: 'Fabrikam',
      Notes: 'a\nb',
      CountryOrRegion: 'United Kingdom',
      RecipientTypeDetails: 'MailContact',
    })
    const [mail] = (await exchange.run('Get-MailContact', { Identity: 'ada' })).rows
    expect(mail).not.toHaveProperty('Title')
  })

  test('the display name is one, whichever half it is set on', async () => {
    const exchange = seeded()
    await set(exchange, { DisplayName: 'Ada L.' })
    const [mail] = (await exchange.run('Get-MailContact', { Identity: 'ada' })).rows
    expect(mail!['DisplayName']).toBe('Ada L.')
  })

  test('null clears a text, an empty array leaves a list', async () => {
    const exchange = seeded()
    await set(exchange, { Title: null, CountryOrRegion: null, OtherTelephone: [] })
    expect(await ada(exchange)).toMatchObject({ Title: '', CountryOrRegion: '', OtherTelephone: ['1', '2'] })
    await set(exchange, { OtherTelephone: null })
    expect((await ada(exchange))['OtherTelephone']).toEqual([])
  })

  test('does not take what is the other half’s', async () => {
    expect((await set(seeded(), { CustomAttribute1: 'x' })).error?.type).toMatch(
      /AmbiguousParameterSetException$/,
    )
  })

  test('a manager is somebody of this tenant', async () => {
    const exchange = seeded()
    await set(exchange, { Manager: 'boss@contoso.com' })
    expect((await ada(exchange))['Manager']).toBe('The Boss')
    expect((await set(exchange, { Manager: 'boss@fabrikam.com' })).status).toBe(404)
    expect((await set(exchange, { Manager: 'board@contoso.com' })).status).toBe(404)
  })

  test('a second time it warns that nothing was changed', async () => {
    const exchange = seeded()
    expect((await set(exchange, { Title: 'Analyst' })).warnings).toEqual([])
    expect((await set(exchange, { Title: 'Analyst' })).warnings).toEqual([
      "The command completed successfully but no settings of 'ada' have been modified.",
    ])
  })
})
