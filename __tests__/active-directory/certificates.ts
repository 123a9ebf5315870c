/** An authority, and a server certificate that it signed, as a domain has them. */
import { generate } from 'selfsigned'

export interface Pair {
  readonly key: string
  readonly cert: string
}

export interface Subject {
  readonly ip?: string
  readonly name?: string
  readonly notAfter?: Date
}

export async function certificates(subject: Subject): Promise<{ authority: Pair; server: Pair }> {
  const authority = await made('Contoso Test Authority', [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
  ])
  return { authority, server: await signed(subject, authority) }
}

function signed({ ip, name, notAfter }: Subject, ca: Pair): Promise<Pair> {
  const altNames = [
    { type: 2 as const, value: name ?? 'dc1.contoso.test' },
    ...(ip === undefined ? [] : [{ type: 7 as const, ip }]),
  ]
  return made(
    'dc1.contoso.test',
    [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
    { ca, ...(notAfter && { notBeforeDate: new Date(0), notAfterDate: notAfter }) },
  )
}

type Options = NonNullable<Parameters<typeof generate>[1]>

async function made(
  value: string,
  extensions: NonNullable<Options['extensions']>,
  options: Options = {},
): Promise<Pair> {
  const { private: key, cert } = await generate([{ name: 'commonName', value }], {
    keySize: 2048,
    algorithm: 'sha256',
    ...options,
    extensions,
  })
  return { key, cert }
}
