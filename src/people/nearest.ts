import { distance } from 'fastest-levenshtein'

/** The known word that a misspelt one was meant to be; `undefined` when none is near. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  // Two letters that changed places are two steps; of a short word little is left then.
  const allowed = word.length < 5 ? 1 : Math.max(2, Math.floor(word.length / 3))
  let best: string | undefined
  let least = allowed + 1
  for (const candidate of known) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase())
    if (steps < least) [best, least] = [candidate, steps]
  }
  return best
}
