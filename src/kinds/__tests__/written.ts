/** Profiles as people write them, and what they are told when something is wrong. */
import { formatFault } from '../../profiles/fault.ts'
import { loadProfiles } from '../../profiles/load.ts'
import { repository, TENANTS } from '../../profiles/__tests__/repository.ts'
import { PROFILE_KINDS } from '../kinds.ts'

export async function load(...profiles: string[]) {
  const files = Object.fromEntries(
    profiles.map((text, index) => [`sync-profiles/${'abcdef'[index]!}.yaml`, text.replace(/^\n/, '')]),
  )
  const loaded = await loadProfiles({
    root: repository({ 'sync-profiles/tenants.yaml': TENANTS, ...files }),
    kinds: PROFILE_KINDS,
  })
  return { ...loaded, faults: loaded.faults.map((fault) => formatFault(fault).replace('sync-profiles/', '')) }
}

export const faults = async (...profiles: string[]) => (await load(...profiles)).faults

export const MINIMAL = `
name: fabrikam-in-contoso
kind: mail-contacts
from: [{ entra: fabrikam }]
to: { tenant: contoso }
`
