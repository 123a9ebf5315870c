/** Names of profiles stand in ownership marks: no two profiles may share one, a former one included. */
import type { Report } from './fault.ts'

export interface Named {
  readonly file: string
  /** What stands there, whether or not the rest of the profile is right. */
  readonly name: unknown
  readonly formerly: unknown
  /** It stands for several profiles: no mark bears its name, though a mark may have, once. */
  readonly several?: boolean
  readonly report: Report
}

/** @returns all names that marks may bear, former ones included. */
export function checkNames(profiles: readonly Named[]): ReadonlySet<string> {
  const names = new Map<string, string>()
  for (const { file, name, report } of profiles) {
    if (typeof name !== 'string') continue
    const taken = names.get(name.toLowerCase())
    if (taken === undefined) names.set(name.toLowerCase(), file)
    else report(['name'], `the name \`${name}\` is that of ${taken} already: names are unique`)
  }
  const former = new Map<string, string>()
  for (const { file, name: own, formerly, several, report } of profiles)
    for (const [index, name] of texts(formerly).entries()) {
      const at = ['formerly', index]
      const [holder, sharer] = [names.get(name.toLowerCase()), former.get(name.toLowerCase())]
      if (name === own && several) former.set(name.toLowerCase(), file)
      else if (name === own) report(at, `\`${name}\` is the name that this profile has now`)
      else if (holder !== undefined) report(at, `\`${name}\` is the name of ${holder}`)
      else if (sharer !== undefined) report(at, `\`${name}\` is a former name of ${sharer} already`)
      else former.set(name.toLowerCase(), file)
    }
  for (const { name, several } of profiles) if (several) names.delete(String(name).toLowerCase())
  return new Set([...names.keys(), ...former.keys()])
}

function texts(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
}
