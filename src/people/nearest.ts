import { distance } from 'fastest-levenshtein'

/** The known word that a misspelt one was meant to be; `undefined` when none is near. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const allowed = Math.max(1, Math.floor(word.length / 3))
  let best: string | undefined
  let least = allowed + 1
  for (const candidate of known) {
    const steps = stepsBetween(word.toLowerCase(), candidate.toLowerCase())
    if (steps < least) [best, least] = [candidate, steps]
  }
  return best
}

/** Letters that changed places are one slip of the fingers: `form` is meant to be `from`. */
function stepsBetween(left: string, right: string): number {
  const steps = distance(left, right)
  return steps > 1 && steps < 4 && sorted(left) === sorted(right) ? 1 : steps
}

function sorted(word: string): string {
  return [...word].sort().join('')
}
