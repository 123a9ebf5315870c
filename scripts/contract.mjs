// Cuts the simulator's contract data from the services' own descriptions.
// Usage: node scripts/contract.mjs DIR [--check]
//   DIR holds graph-openapi-subset.json, exo-cmdlets.json and github-openapi-subset.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { cutExchange } from './contract-exchange.mjs'
import { cutGitHub } from './contract-github.mjs'
import { cutGraph } from './contract-graph.mjs'

const [directory, flag] = process.argv.slice(2)
if (!directory) {
  console.error('usage: node scripts/contract.mjs DIR [--check]')
  process.exit(2)
}

const cuts = [
  { source: 'graph-openapi-subset.json', cut: cutGraph, name: 'graph.json' },
  { source: 'exo-cmdlets.json', cut: cutExchange, name: 'exo-cmdlets.json' },
  { source: 'github-openapi-subset.json', cut: cutGitHub, name: 'github.json' },
]

let different = 0
for (const { source, cut, name } of cuts) {
  const target = path.join(import.meta.dirname, '../src/simulator/contract', name)
  const text = `${JSON.stringify(cut(JSON.parse(readFileSync(path.join(directory, source), 'utf8'))), null, 1)}\n`
  if (existsSync(target) && readFileSync(target, 'utf8') === text) continue
  different += 1
  if (flag === '--check') console.error(`${name} differs from what ${source} gives`)
  else writeFileSync(target, text)
}
if (flag === '--check' && different > 0) process.exit(1)
