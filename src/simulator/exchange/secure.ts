/**
 * Passwords and credentials. Exchange's endpoint takes them only as encrypted by Microsoft's own module, with a
 * key that ships inside it and changes. Here a marked text in base64 stands for the cipher: whoever plays the
 * module in a test makes it with `encrypted`, and whatever else is sent is refused as the service refuses it.
 */

const MARK = 'encrypted by the module: '

/** What Microsoft's module would send for a secret. */
export function encrypted(secret: string): string {
  return Buffer.from(MARK + secret).toString('base64')
}

/** What the module would send for a credential: the name in the open, the password encrypted. */
export function encryptedCredential(
  userName: string,
  password: string,
): { readonly UserName: string; readonly Password: string } {
  return { UserName: userName, Password: encrypted(password) }
}

/** The secret behind what was sent, or `undefined` when it was not encrypted. */
export function decrypted(sent: unknown): string | undefined {
  if (typeof sent !== 'string') return undefined
  const text = Buffer.from(sent, 'base64').toString()
  return text.startsWith(MARK) && text.length > MARK.length ? text.slice(MARK.length) : undefined
}

/** User name and password of what was sent, or `undefined` when it is no credential, or was not encrypted. */
export function decryptedCredential(sent: unknown): readonly [string, string] | undefined {
  if (typeof sent !== 'object' || sent === null) return undefined
  const { UserName: userName, Password: password } = sent as Record<string, unknown>
  const secret = decrypted(password)
  return typeof userName === 'string' && userName !== '' && secret !== undefined
    ? [userName, secret]
    : undefined
}
