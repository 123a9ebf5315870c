import { createHash } from 'node:crypto'

/** A photo of a user or a contact. */
export interface Photo {
  readonly bytes: Uint8Array
  /** Another for every photo that is set, even of the same bytes. */
  readonly etag: string
}

let taken = 0

export function photoOf(picture: Uint8Array | string): Photo {
  const bytes = typeof picture === 'string' ? pictureBytes(picture) : picture
  taken += 1
  const digest = createHash('sha256').update(bytes).update(String(taken)).digest('hex')
  return { bytes, etag: `W/"${digest}"` }
}

/** @param text a JPEG in base64 (`/9j/…`), or any text whose bytes stand for one */
function pictureBytes(text: string): Uint8Array {
  return Buffer.from(text, text.startsWith('/9j/') ? 'base64' : 'utf8')
}
