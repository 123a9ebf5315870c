import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { generate } from 'selfsigned'

export interface Certificate {
  readonly key: string
  readonly cert: string
}

let made: Promise<Certificate> | undefined

/** A certificate for localhost that signs itself, so that trusting it is trusting nothing else. One a process. */
export function localhostCertificate(): Promise<Certificate> {
  made ??= generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  }).then(({ private: key, cert }) => ({ key, cert }))
  return made
}

/** Writes the certificate to a folder of its own, for `NODE_EXTRA_CA_CERTS`. */
export async function writeCertificate(cert: string): Promise<{ file: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tenant-sync-simulator-'))
  const file = path.join(folder, 'localhost.pem')
  await writeFile(file, cert)
  return { file, remove: () => rm(folder, { recursive: true, force: true }) }
}
