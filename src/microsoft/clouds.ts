/**
 * Where each cloud's services stand.
 * Source: Microsoft Graph, "National cloud deployments"; Exchange Online Admin API, "Get started".
 */

export type Cloud = 'global' | 'usgov' | 'usgov-dod' | 'china'

/** Where a service is reached, and what a token for it is asked for. Without version, tenant or a slash at the end. */
export interface Endpoints {
  readonly login: string
  readonly graph: string
  readonly exchange: string
  /** Token scopes name the cloud's own resource, also when the service is reached elsewhere. */
  readonly scopes: { readonly graph: string; readonly exchange: string }
  /** The audience of a GitHub OIDC token that Entra exchanges. */
  readonly federationAudience: string
  /** The login URL was replaced: nothing outside it may be asked whether it is an authority. */
  readonly ownAuthority: boolean
}

interface CloudEndpoints {
  readonly login: string
  readonly graph: string
  readonly exchange: string
  readonly federationAudience: string
}

const CLOUDS: Record<Cloud, CloudEndpoints> = {
  global: {
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    exchange: 'https://outlook.office365.com',
    federationAudience: 'api://AzureADTokenExchange',
  },
  usgov: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    exchange: 'https://outlook.office365.us',
    federationAudience: 'api://AzureADTokenExchangeUSGov',
  },
  'usgov-dod': {
    login: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    exchange: 'https://outlook-dod.office365.us',
    federationAudience: 'api://AzureADTokenExchangeUSGov',
  },
  china: {
    login: 'https://login.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    exchange: 'https://outlook.office365.cn',
    federationAudience: 'api://AzureADTokenExchangeChina',
  },
}

/** The environment variables that replace a cloud's URLs: for the simulator, tests and private clouds. */
export const URL_VARIABLES = {
  login: 'TENANT_SYNC_LOGIN_URL',
  graph: 'TENANT_SYNC_GRAPH_URL',
  exchange: 'TENANT_SYNC_EXCHANGE_URL',
} as const

/** @throws EndpointError when a variable holds no https URL. */
export function endpointsOf(cloud: Cloud, env: Readonly<Record<string, string | undefined>>): Endpoints {
  const { federationAudience, ...defaults } = CLOUDS[cloud]
  const replaced = (service: keyof typeof URL_VARIABLES) => {
    const url = env[URL_VARIABLES[service]]
    return url ? httpsBase(URL_VARIABLES[service], url) : undefined
  }
  const login = replaced('login')
  return {
    login: login ?? defaults.login,
    graph: replaced('graph') ?? defaults.graph,
    exchange: replaced('exchange') ?? defaults.exchange,
    scopes: { graph: `${defaults.graph}/.default`, exchange: `${defaults.exchange}/.default` },
    federationAudience,
    ownAuthority: login !== undefined,
  }
}

export class EndpointError extends Error {
  override readonly name = 'EndpointError'
}

function httpsBase(variable: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:')
    throw new EndpointError(
      `The environment variable ${variable} must hold an https URL, and holds "${text}".`,
    )
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}
