/**
 * The profile's mark on an application: a line of its own in the service principal's `notes`, with a fingerprint
 * of the secrets that were saved last. Secrets are never shown, so this alone tells whether they are the
 * profile's (DESIGN 3.5). Other lines belong to people, and stay.
 */
const LINE = /^tenant-sync:([a-z0-9][a-z0-9-]*):(\S+)$/

/** Characters that Graph takes (Microsoft Graph, "servicePrincipal resource type"). */
export const MOST_NOTES = 1024

export interface Mark {
  readonly profile: string
  readonly fingerprint: string
}

/** @param notes of a service principal; `null` where there are none. */
export function marksIn(notes: string | null | undefined): Mark[] {
  return linesOf(notes).flatMap((line) => {
    const [, profile, fingerprint] = LINE.exec(line.trim()) ?? []
    return profile === undefined || fingerprint === undefined ? [] : [{ profile, fingerprint }]
  })
}

/** @returns the notes with this mark in place of those of the named profiles; everything else to the byte. */
export function withMark(
  notes: string | null | undefined,
  { profile, fingerprint }: Mark,
  names: ReadonlySet<string>,
): string {
  const others = linesOf(notes).filter((line) => !names.has(marksIn(line)[0]?.profile ?? ''))
  return [...others, `tenant-sync:${profile}:${fingerprint}`].join('\n')
}

function linesOf(notes: string | null | undefined): string[] {
  return notes ? notes.split('\n') : []
}
