import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach } from '@jest/globals'

const made: string[] = []
afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true })
})

/** A folder with these files, for one test. @returns its path. */
export function repository(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'tenant-sync-'))
  made.push(root)
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(root, file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  return root
}

export const TENANTS = `tenants:
  fabrikam:
    tenantId: 6b0f8c1e-0000-4000-8000-00000000000a
    clientId: 1d2e3f40-0000-4000-8000-00000000000a
    domains: [Fabrikam.com]
  contoso:
    tenantId: 6b0f8c1e-0000-4000-8000-00000000000b
    clientId: { plan: 1d2e3f40-0000-4000-8000-00000000000b, apply: 1d2e3f40-0000-4000-8000-00000000000c }
    cloud: usgov
    organization: contoso.onmicrosoft.us
    credential: oidc
`
