import type { Answer } from '../../../service.ts'
import type { Properties } from '../../directory.ts'
import type { Asked } from '../asked.ts'
import { checkedParameters, isRecord } from '../body.ts'
import { wrongValue } from '../errors.ts'
import type { ServicePrincipal } from '../state.ts'
import { synchronizationAsked } from './synchronization.ts'

/** How many deletions one cycle may do, when that is limited. */
export type DeleteThreshold = number | undefined

/** `PUT /servicePrincipals/{id}/synchronization/secrets`: what is named is saved; nothing is ever shown. */
export function putSecrets(asked: Asked): Answer {
  const { secrets } = synchronizationAsked(asked)
  const { value } = checkedParameters(asked.request, { value: 'synchronizationSecretKeyStringValuePair[]' })
  if (!Array.isArray(value)) throw wrongValue('value')
  const pairs = secretsIn(value as Properties[])
  const settings = pairs.get('SyncNotificationSettings')
  if (settings !== undefined && !isRecord(parsed(settings))) throw wrongValue('SyncNotificationSettings')
  for (const [key, text] of pairs) secrets.set(key, text)
  return { status: 204 }
}

/** @throws GraphRefused 400 when a key or a value is missing */
export function secretsIn(pairs: readonly Properties[]): Map<string, string> {
  return new Map(
    pairs.map(({ key, value }) => {
      if (typeof key !== 'string') throw wrongValue('key')
      if (typeof value !== 'string') throw wrongValue(key)
      return [key, value]
    }),
  )
}

export function hasCredentials({ secrets }: ServicePrincipal): boolean {
  return secrets.has('CompanyId') && secrets.has('AuthenticationType')
}

export function syncsAll({ secrets }: ServicePrincipal): boolean {
  return secrets.get('SyncAll')?.toLowerCase() === 'true'
}

/** Accidental deletion prevention, in `SyncNotificationSettings`. */
export function deleteThreshold({ secrets }: ServicePrincipal): DeleteThreshold {
  const settings = parsed(secrets.get('SyncNotificationSettings') ?? '')
  if (!isRecord(settings) || settings['DeleteThresholdEnabled'] !== true) return undefined
  return Number(settings['DeleteThresholdValue'] ?? 500)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
