// Writes docs/examples/two-tenants.yaml: the demo's tenants, for `tenant-sync simulate`. Runs on the compiled lib/.
import { writeFileSync } from 'node:fs'
import { stringify } from 'yaml'
import { demoSeed } from '../lib/commands/demo/tenants.js'

const head = `# Two fictional tenants to practise on: node dist/cli.js simulate --seed docs/examples/two-tenants.yaml
# What \`node dist/cli.js demo\` begins with. Change it as you like.
`
writeFileSync(
  'docs/examples/two-tenants.yaml',
  head + stringify(demoSeed(), { aliasDuplicateObjects: false }),
)
