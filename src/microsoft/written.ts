import type { Receipt } from '../engine/journal.ts'

/** A write that Microsoft Graph carried out. */
export interface Written extends Receipt {
  /** `undefined` where it answers with none (204). */
  readonly body: unknown
}

/** @param reply an answer below 400. */
export function written({
  status,
  body,
  requestId,
  attempt,
}: Omit<Written, 'requestId'> & { requestId?: string | undefined }): Written {
  const targetId = (body as { id?: string } | null | undefined)?.id
  return {
    status,
    body,
    attempt,
    ...(requestId !== undefined && { requestId }),
    ...(targetId !== undefined && { targetId }),
  }
}
