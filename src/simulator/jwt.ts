import { sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

import type { SigningKey } from './world.ts'

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** Signs these claims (RS256). */
export function signJwt(claims: Record<string, unknown>, key: SigningKey): string {
  const head = encode({ typ: 'JWT', alg: 'RS256', kid: key.kid })
  const signed = `${head}.${encode(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), key.privateKey).toString('base64url')}`
}

/** Reads a JWT without checking anything; `undefined` when it is none. */
export function readJwt(token: string): Jwt | undefined {
  const parts = token.split('.')
  if (parts.length !== 3) return undefined
  const [header, claims] = parts.slice(0, 2).map(decode)
  return isRecord(header) && isRecord(claims) ? { header, claims } : undefined
}

/** Is the signature (RS256 or PS256, as the header says) of this key? */
export function isSignedBy(token: string, key: KeyObject): boolean {
  const at = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(at + 1), 'base64url')
  const algorithm = readJwt(token)?.header['alg']
  if (algorithm !== 'RS256' && algorithm !== 'PS256') return false
  // RSA_PKCS1_PSS_PADDING is 6, RSA_PKCS1_PADDING is 1 (node:crypto constants).
  return verify(
    'sha256',
    Buffer.from(token.slice(0, at)),
    { key, padding: algorithm === 'PS256' ? 6 : 1 },
    signature,
  )
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
