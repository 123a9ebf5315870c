/**
 * What no message may hold. A service that is out of order, or something between, may quote a request with
 * its token back at us; what it says then stands in comments and reports, where no runner masks anything.
 */

/** Of this process: whoever signs in adds to them. */
const secrets = new Set<string>()

/** Anything shorter would take words out of messages, and is no secret. */
const LEAST = 8

/**
 * JSON Web Tokens, whoever issued them (RFC 7519); what follows the words of a form field; and of a header, where
 * it is too long for a word.
 */
const TOKENS =
  /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|(?<=\bbearer\s+)[\w.~+/=-]{20,}|(?<=\b(?:client_assertion|client_secret|access_token|refresh_token)["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi

export function keepSecret(secret: string): void {
  if (secret.length >= LEAST) for (const form of [secret, encodeURIComponent(secret)]) secrets.add(form)
}

/** The text with `***` for each secret, as a runner shows one. */
export function withoutSecrets(text: string): string {
  let shown = text
  for (const secret of secrets) shown = shown.replaceAll(secret, '***')
  return shown.replace(TOKENS, '***')
}
