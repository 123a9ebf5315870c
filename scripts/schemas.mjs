// Writes schemas/*.json from the schemas in the source. Runs on the compiled lib/.
// Usage: node scripts/schemas.mjs [--check]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const compiled = path.join(import.meta.dirname, '../lib/kinds/schemas.js')
if (!existsSync(compiled)) {
  console.error('lib/ is missing: run tsc -p tsconfig.build.json first')
  process.exit(2)
}
const { SCHEMA_NAMES, schemaOf } = await import(compiled)

const check = process.argv.includes('--check')
const directory = path.join(import.meta.dirname, '../schemas')
mkdirSync(directory, { recursive: true })

for (const name of SCHEMA_NAMES) {
  const file = path.join(directory, `${name}.json`)
  const text = `${JSON.stringify(schemaOf(name), null, 2)}\n`
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  if (check) {
    console.error(`schemas/${name}.json differs from the source: run npm run build`)
    process.exitCode = 1
  } else writeFileSync(file, text)
}
