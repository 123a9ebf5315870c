// Fails when dist/ is not what the sources make.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const fresh = mkdtempSync(join(tmpdir(), 'dist-'))
execFileSync(process.execPath, ['scripts/bundle.mjs', fresh], { stdio: 'inherit' })
const files = [...new Set([...readdirSync(fresh), ...readdirSync('dist')])].sort()
const differing = files.filter((file) => read(join(fresh, file)) !== read(join('dist', file)))
rmSync(fresh, { recursive: true })
if (differing.length > 0) {
  console.error(
    `dist/ is not what the sources make (${differing.join(', ')}): run npm run build, and commit it.`,
  )
  process.exit(1)
}
console.log(`dist/ is what the sources make: ${files.length} files`)

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
