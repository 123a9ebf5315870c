/** Mailboxes moved from one tenant to another: both made ready, and the move watched (DESIGN 3.6). */
import type { Context, Kind } from '../../engine/kind.ts'
import type { Writers } from '../../microsoft/connections.ts'
import type { CommonProfile } from '../../profiles/profile.ts'
import type { Tenant } from '../../profiles/tenants.ts'
import type { Surroundings } from '../../sources/surroundings.ts'
import { explanation } from './explain.ts'
import type { Ownership } from './mailboxes/counterpart.ts'
import type { Connection } from './planning/connection.ts'
import { proposalOf, type Given } from './planning/proposal.ts'
import type { Side, Sides } from './planning/sides.ts'
import { teardown } from './planning/teardown.ts'
import type { MailboxMigrationProfile } from './schema.ts'

/** @param all every profile of the repository: what others of them use is not taken down. */
export function mailboxMigration(
  tenants: ReadonlyMap<string, Tenant>,
  connections: Writers,
  all: readonly CommonProfile[],
  around: (file: string) => Surroundings,
): Kind<MailboxMigrationProfile, Connection> {
  const side = (name: string): Side => {
    const { tenantId, cloud, organization } = tenants.get(name)!
    return {
      name,
      tenantId,
      cloud,
      organization,
      exchange: connections.exchange(name),
      graph: connections.graph(name),
    }
  }
  const sidesOf = ({ from, to }: MailboxMigrationProfile): Sides => ({
    source: side(from.tenant),
    target: side(to.tenant),
  })

  const given = (profile: MailboxMigrationProfile, { profileNames }: Context): Given => ({
    profile,
    sides: sidesOf(profile),
    ownership: ownershipOf(profile, profileNames),
    byHand: connections.exchangeModule(profile.to.tenant).unavailable,
  })

  const removed = (profile: MailboxMigrationProfile) =>
    teardown({
      profile,
      sides: sidesOf(profile),
      names: namesOf(profile),
      all,
      tenants,
    })

  return {
    propose: async (profile, context) =>
      profile.state === 'absent' ? removed(profile) : (await proposalOf(given(profile, context))).proposal,
    explain: async (profile, address, context) =>
      profile.state === 'absent'
        ? { verdict: 'unknown', reasons: [], standing: [], proposal: await removed(profile) }
        : explanation(address, await proposalOf(given(profile, context)), profile),
    connect: (profile) =>
      Promise.resolve({
        source: connections.exchangeWriter(profile.from.tenant),
        target: connections.exchangeWriter(profile.to.tenant),
        module: connections.exchangeModuleWriter(profile.to.tenant),
        secret: () => around('').secret(profile.application.secretEnv),
        prepared: new Set<string>(),
      }),
  }
}

function namesOf({ name, formerly = [] }: MailboxMigrationProfile): ReadonlySet<string> {
  return new Set([name, ...formerly])
}

function ownershipOf(profile: MailboxMigrationProfile, profileNames: ReadonlySet<string>): Ownership {
  return { names: namesOf(profile), profileNames, tenant: profile.to.tenant }
}
