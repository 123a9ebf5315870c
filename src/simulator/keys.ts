import { generateKeyPairSync, randomUUID } from 'node:crypto'

import type { SigningKey } from './world.ts'

const made = new Map<string, SigningKey>()

/**
 * The RSA key of this purpose. One a process: making it is the slowest part of a start, and all simulators
 * of one process may share it.
 */
export function signingKey(purpose: 'actions' | 'entra'): SigningKey {
  const known = made.get(purpose)
  if (known) return known
  const key = { kid: randomUUID(), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) }
  made.set(purpose, key)
  return key
}
