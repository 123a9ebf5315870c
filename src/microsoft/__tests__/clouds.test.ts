import { describe, expect, test } from '@jest/globals'
import { endpointsOf, type Cloud } from '../clouds.ts'

describe('a cloud', () => {
  test.each<[Cloud, string, string, string, string]>([
    ['global', 'login.microsoftonline.com', 'graph.microsoft.com', 'outlook.office365.com', ''],
    ['usgov', 'login.microsoftonline.us', 'graph.microsoft.us', 'outlook.office365.us', 'USGov'],
    ['usgov-dod', 'login.microsoftonline.us', 'dod-graph.microsoft.us', 'outlook-dod.office365.us', 'USGov'],
    ['china', 'login.chinacloudapi.cn', 'microsoftgraph.chinacloudapi.cn', 'outlook.office365.cn', 'China'],
  ])('%s has its own hosts, resources and audience', (cloud, login, graph, exchange, audience) => {
    expect(endpointsOf(cloud, {})).toEqual({
      login: `https://${login}`,
      graph: `https://${graph}`,
      exchange: `https://${exchange}`,
      scopes: { graph: `https://${graph}/.default`, exchange: `https://${exchange}/.default` },
      federationAudience: `api://AzureADTokenExchange${audience}`,
      ownAuthority: false,
    })
  })
})

describe('a replaced URL', () => {
  test('stands for the service, and not for its resource', () => {
    expect(endpointsOf('global', { TENANT_SYNC_GRAPH_URL: 'https://localhost:8443/' })).toMatchObject({
      graph: 'https://localhost:8443',
      exchange: 'https://outlook.office365.com',
      scopes: { graph: 'https://graph.microsoft.com/.default' },
      ownAuthority: false,
    })
  })

  test('may have a path, and loses the slash behind it', () => {
    const { exchange } = endpointsOf('global', { TENANT_SYNC_EXCHANGE_URL: 'https://proxy.example/exo//' })
    expect(exchange).toBe('https://proxy.example/exo')
  })

  test('for the login is an authority of its own: nobody else is asked about it', () => {
    expect(endpointsOf('global', { TENANT_SYNC_LOGIN_URL: 'https://localhost:1' })).toMatchObject({
      login: 'https://localhost:1',
      ownAuthority: true,
    })
  })

  test.each(['http://localhost:8443', 'localhost:8443', 'ftp://x', 'nonsense'])('%s is refused', (url) => {
    expect(() => endpointsOf('global', { TENANT_SYNC_LOGIN_URL: url })).toThrow(
      /TENANT_SYNC_LOGIN_URL must hold an https URL/,
    )
  })

  test('that is empty is none', () => {
    expect(endpointsOf('global', { TENANT_SYNC_LOGIN_URL: '' }).ownAuthority).toBe(false)
  })
})
