/** The time between hiding a leaver and deleting the contact. */

/** @param grace as in the profile, e.g. `30d`. */
export function graceDays(grace: string | undefined): number | undefined {
  return grace === undefined ? undefined : Number.parseInt(grace, 10)
}

/** @param since `yyyy-mm-dd` */
export function isOver(since: string, days: number, now: Date): boolean {
  const end = new Date(`${since}T00:00:00Z`)
  end.setUTCDate(end.getUTCDate() + days)
  return now >= end
}
