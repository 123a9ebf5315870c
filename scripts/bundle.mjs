// Bundles lib/ (the compiler's output) into dist/: index.js for the action, cli.js for a terminal, and
// THIRD-PARTY.txt with the licence of every package that went in; and beside them the script that both hand to
// PowerShell. Another folder may be named, to compare.
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js'
const dist = process.argv[2] ?? 'dist'
const entries = { action: 'index.js', cli: 'cli.js' }

const packages = new Set()
rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
for (const [entry, name] of Object.entries(entries)) {
  const out = mkdtempSync(join(tmpdir(), 'ncc-'))
  const options = ['--no-cache', '-q', '-s', '--no-source-map-register']
  execFileSync(process.execPath, [ncc, 'build', `lib/${entry}.js`, '-o', out, ...options], {
    stdio: 'inherit',
  })
  for (const file of readdirSync(out)) {
    const text = readFileSync(join(out, file), 'utf8')
    if (file.endsWith('.map')) for (const source of JSON.parse(text).sources) addPackage(source)
    else place(named(file, name), named(text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'), name))
  }
  rmSync(out, { recursive: true })
}
copyFileSync('src/microsoft/exchange-cmdlet.ps1', join(dist, 'exchange-cmdlet.ps1'))
writeFileSync(join(dist, 'THIRD-PARTY.txt'), notices())

/** Each program has its own chunks, and knows them by its own name: ncc calls all of them index.js. */
function named(text, name) {
  return text.replaceAll(/(?<=^|\.)index\.js(?="|$)/g, name)
}

function addPackage(source) {
  const found =
    /^.*?(node_modules\/.*node_modules\/(?:@[^/]+\/)?[^/]+|node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(source)
  if (found) packages.add(found[1])
}

function place(name, text) {
  const target = join(dist, name)
  if (existsSync(target) && readFileSync(target, 'utf8') !== text)
    throw new Error(`${target}: the two bundles disagree`)
  writeFileSync(target, text)
}

function notices() {
  return [...packages]
    .sort((left, right) => (left < right ? -1 : 1))
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one))
      const text = file ? readFileSync(join(folder, file), 'utf8').trim() : 'No licence file in the package.'
      return `${name} ${version} (${license})\n\n${text}\n`
    })
    .join(`\n${'-'.repeat(72)}\n\n`)
}
