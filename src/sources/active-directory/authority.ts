/** Who is trusted to have signed a domain controller's certificate, and what is said of one that is not. */
import { X509Certificate } from 'node:crypto'
import type { SourceError } from '../source-error.ts'
import { openError } from './open-error.ts'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * @param name of the file, as the profile has it.
 * @returns the certificates of a PEM file.
 * @throws SourceError when it holds none, or a broken one.
 */
export function certificatesOf(pem: Buffer, name: string): string[] {
  const certificates = pem.toString('latin1').match(CERTIFICATE) ?? []
  if (certificates.length === 0)
    throw openError(
      'active-directory-ca-file',
      `The file ${name} (caFile) holds no certificate: expected the authority's certificate as PEM, which begins with -----BEGIN CERTIFICATE-----. A .cer or .der file becomes one by: openssl x509 -inform der -in authority.cer -out authority.pem.`,
    )
  for (const certificate of certificates)
    try {
      new X509Certificate(certificate)
    } catch (cause) {
      throw openError(
        'active-directory-ca-file',
        `A certificate in the file ${name} (caFile) cannot be read: it is broken or cut short. Export it anew.`,
        cause,
      )
    }
  return certificates
}

/** Whether an error is about encryption at all; `undefined` when it is not. */
export function certificateError(error: unknown, host: string, caFile?: string): SourceError | undefined {
  const { code = '', cert } = error as { code?: string; cert?: { subjectaltname?: string } }
  if (UNTRUSTED.includes(code)) return untrusted(host, caFile, error)
  if (code === 'CERT_HAS_EXPIRED')
    return openError(
      'active-directory-certificate-expired',
      `The certificate of ${host}, or of an authority above it, has expired: give the domain controller a new one.`,
      error,
    )
  if (code === 'CERT_NOT_YET_VALID')
    return openError(
      'active-directory-certificate-expired',
      `The certificate of ${host} is not valid yet: are the clocks of this machine and of the domain controller right?`,
      error,
    )
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return openError(
      'active-directory-certificate-name',
      `The certificate of the domain controller is not for ${host}${namesIn(cert?.subjectaltname)}. Write the name that it is for into url.`,
      error,
    )
  if (/^ERR_SSL|^ERR_TLS|^EPROTO$/.test(code))
    return openError(
      'active-directory-tls',
      `No encryption could be agreed upon with ${host} (${code}): the domain controller needs a certificate, and TLS 1.2 or newer. ldaps:// speaks to port 636, ldap:// with StartTLS to port 389.`,
      error,
    )
  return undefined
}

/** Source: Node.js, "X509 certificate error codes". */
const UNTRUSTED = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
]

function untrusted(host: string, caFile: string | undefined, cause: unknown): SourceError {
  const cure =
    caFile === undefined
      ? "add caFile: <PEM file of the authority that signed it>, e.g. your domain's own certificate authority"
      : `caFile names ${caFile}, and none of its certificates signed it: give the authority's own (its root)`
  return openError(
    'active-directory-certificate-untrusted',
    `The certificate of ${host} is not trusted: ${cure}.`,
    cause,
  )
}

/** What a server that is not trusted says: host names and addresses alone are repeated. */
function namesIn(alternatives = ''): string {
  const names = [...alternatives.matchAll(/(?:DNS|IP Address):([\w.:*-]+)(?:, |$)/g)].map(([, name]) => name)
  return names.length === 0 ? '' : `, but for ${names.slice(0, 5).join(', ')}`
}
