/** Which tenants feed which, as a Mermaid diagram. Tenants alone, never people. */
import type { Plan } from '../../engine/plan.ts'
import { fenced, mermaidLabel } from '../inert.ts'
import { totals } from '../tally.ts'
import { listed, number } from '../wording.ts'

/** With more than these a diagram explains nothing. */
const MOST_EDGES = 12

export function diagram({ profiles }: Plan): string {
  const edges = new Map<string, { from: string; to: string; changing: boolean }>()
  for (const { from: sources, to, counts } of profiles)
    for (const from of sources) {
      const id = JSON.stringify([from, to])
      const changing = counts.create + counts.update + counts.delete > 0
      edges.set(id, { from, to, changing: changing || edges.get(id)?.changing === true })
    }
  if (edges.size === 0 || edges.size > MOST_EDGES) return ''

  const nodes = [...new Set([...edges.values()].flatMap(({ from, to }) => [from, to]))]
  const node = (name: string) => `t${nodes.indexOf(name)}`
  return fenced('mermaid', [
    'flowchart LR',
    ...nodes.map((name) => `  ${node(name)}["${mermaidLabel(name)}${changesOf(name, profiles)}"]`),
    ...[...edges.values()].map(
      ({ from, to, changing }) => `  ${node(from)} ${changing ? '-->' : '-.->'} ${node(to)}`,
    ),
  ])
}

/** What changes in a tenant, on a line of its own; nothing for one that only gives. */
function changesOf(name: string, profiles: Plan['profiles']): string {
  const into = profiles.filter(({ to }) => to === name)
  if (into.length === 0) return ''
  const counts = totals(into)
  const said = listed(
    (['create', 'update', 'delete'] as const)
      .filter((action) => counts[action] > 0)
      .map((action) => `${action} ${number(counts[action])}`),
  )
  return `<br/>${said || 'no changes'}`
}
