/**
 * Regular expressions of the provisioning service are .NET's ("Grouping Constructs in Regular Expressions"),
 * which JavaScript reads but for some ways to open a group. What these open is a group all the same: so
 * parentheses, brackets and repetitions can be checked, and nothing that .NET takes is refused.
 */
const GROUP =
  /(?<escape>\\[\s\S])|(?<nothing>\(\?(?:[imnsx-]+|#[^)]*)\))|\(\?(?:[imnsx-]*:|[=!>]|<[=!]|<[^>]*>|'[^']*'|(?=\())/g

/** @returns what is wrong with a pattern, in a few words; `undefined` when nothing is. */
export function patternFault(pattern: string): string | undefined {
  const plain = pattern.replaceAll(GROUP, (group, escape?: string, nothing?: string) =>
    escape !== undefined ? group : nothing === undefined ? '(' : '',
  )
  try {
    new RegExp(plain)
    return undefined
  } catch (error) {
    return (error as Error).message.replace(/^.*: /s, '').toLowerCase()
  }
}
