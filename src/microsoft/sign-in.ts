/**
 * Signing in to a tenant as an app. In a workflow the proof is GitHub's OIDC token, exchanged by
 * Entra: no secret is stored anywhere. The access token is kept here, for @azure/identity asks for a
 * new assertion each time it is asked for a token, cached or not.
 */
import {
  AzureCliCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  type TokenCredential,
} from '@azure/identity'
import type { Endpoints } from './clouds.ts'
import { keepSecret } from './secrets.ts'
import { signInError, SignInError } from './sign-in-errors.ts'

export type CredentialKind = 'oidc' | 'client-secret' | 'certificate' | 'azure-cli'
export type Resource = 'graph' | 'exchange'

/** A GitHub OIDC token for an audience. Asked for when Entra asks for an assertion, and only then. */
export type IdToken = (audience: string) => Promise<string>

/** Who signs in where. */
export interface Identity {
  /** The tenant's name in `tenants.yaml`. */
  readonly tenant: string
  readonly tenantId: string
  readonly clientId: string
  readonly credential: CredentialKind
}

export interface SignIn {
  /** @throws SignInError */
  token(resource: Resource): Promise<string>
  /** The service refused this token: the next one is new. */
  forget(resource: Resource, token: string): void
  /** The tokens in use, to read what they say of their holder. */
  tokens(): string[]
}

/** Seconds before its end at which a token is no longer begun with; a request may wait in a queue. */
const SPARE_SECONDS = 120

export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly idToken: IdToken
  /** Called with every token and secret, so that logs can mask it. */
  readonly onSecret?: (secret: string) => void
}

interface Held {
  readonly token: string
  readonly freshUntil: number
}

export function signIn(identity: Identity, endpoints: Endpoints, environment: Environment): SignIn {
  const held = new Map<Resource, Promise<Held>>()
  const current = new Map<Resource, string>()
  let credential: TokenCredential | undefined

  const onSecret = (secret: string) => {
    keepSecret(secret)
    environment.onSecret?.(secret)
  }

  // @azure/identity would wrap it, and lose what it says.
  let noIdToken: unknown
  const idToken: IdToken = async (audience) => {
    try {
      const token = await environment.idToken(audience)
      onSecret(token)
      return token
    } catch (error) {
      noIdToken = error
      throw error
    }
  }

  async function ask(resource: Resource): Promise<Held> {
    noIdToken = undefined
    try {
      credential ??= credentialFor(identity, endpoints, { ...environment, idToken, onSecret })
      const answer = await credential.getToken(endpoints.scopes[resource])
      if (!answer) throw new Error('no token was given')
      onSecret(answer.token)
      current.set(resource, answer.token)
      const lifetime = answer.expiresOnTimestamp - Date.now()
      return {
        token: answer.token,
        freshUntil: Date.now() + lifetime - Math.min(SPARE_SECONDS * 1000, lifetime / 2),
      }
    } catch (error) {
      throw signInError(identity, noIdToken ?? error)
    }
  }

  return {
    async token(resource) {
      let asked = held.get(resource)
      if (!asked || (await asked).freshUntil <= Date.now()) {
        // Somebody else may have renewed it while this one waited.
        if (held.get(resource) === asked) {
          asked = ask(resource)
          held.set(resource, asked)
          asked.catch(() => held.delete(resource))
        } else asked = held.get(resource)!
      }
      return (await asked).token
    },
    forget(resource, token) {
      if (current.get(resource) !== token) return
      held.delete(resource)
      // A new credential, for the old one would give the refused token from its own cache.
      credential = undefined
    },
    tokens: () => [...current.values()],
  }
}

function credentialFor(
  identity: Identity,
  endpoints: Endpoints,
  { env, idToken, onSecret }: Environment,
): TokenCredential {
  const { tenantId, clientId } = identity
  const options = { authorityHost: endpoints.login, disableInstanceDiscovery: endpoints.ownAuthority }
  const required = (suffix: string) => {
    const variable = secretVariable(identity.tenant, suffix)
    const value = env[variable]
    if (!value)
      throw new SignInError(
        identity,
        'missing-variable',
        `the environment variable ${variable} is not set`,
        `Set it, or choose another \`credential\` for ${identity.tenant} in tenants.yaml.`,
      )
    return value
  }
  switch (identity.credential) {
    case 'oidc':
      return new ClientAssertionCredential(
        tenantId,
        clientId,
        () => idToken(endpoints.federationAudience),
        options,
      )
    case 'client-secret': {
      const secret = required('CLIENT_SECRET')
      onSecret?.(secret)
      return new ClientSecretCredential(tenantId, clientId, secret, options)
    }
    case 'certificate':
      return new ClientCertificateCredential(
        tenantId,
        clientId,
        { certificatePath: required('CERTIFICATE_PATH') },
        options,
      )
    case 'azure-cli':
      return new AzureCliCredential({ tenantId })
  }
}

/** `TENANT_SYNC_<TENANT>_<suffix>`: the tenant's name in capitals, `-` as `_`. */
export function secretVariable(tenant: string, suffix: string): string {
  return `TENANT_SYNC_${tenant.toUpperCase().replaceAll('-', '_')}_${suffix}`
}
