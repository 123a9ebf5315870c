import { afterEach, describe, expect, test } from '@jest/globals'
import { NAME_AND_MAIL, Recipients } from '../../exchange/__tests__/recipients.ts'
import type { EntraFrom } from '../../schema.ts'
import { entraSource } from '../entra.ts'

const MARK = 'tenant-sync:contoso-here:0b0f8c1e-0000-4000-8000-00000000000c'

let tenant: Recipients

afterEach(() => tenant.stop())

async function read(from: Partial<EntraFrom> = {}) {
  tenant = await Recipients.start({
    mailContacts: [
      { Name: 'Carl', ExternalEmailAddress: 'carl@partner.com' },
      {
        Name: 'adopted',
        Alias: 'adopted',
        ExternalEmailAddress: 'adopted@contoso.com',
        CustomAttribute4: MARK,
      },
      { Name: 'theirs', ExternalEmailAddress: 'theirs@contoso.com', CustomAttribute15: 'XTSYNC|t|User|1' },
      { Name: 'made', Alias: `tenant-sync-${'0'.repeat(32)}`, ExternalEmailAddress: 'made@contoso.com' },
    ],
  })
  const whole: EntraFrom = {
    entra: 'fabrikam',
    include: ['org-contacts'],
    hidden: 'exclude',
    disabled: 'exclude',
    ...from,
  }
  const { people, skipped, explain } = await entraSource(whole, ['from', 0], tenant.around).read(
    NAME_AND_MAIL,
  )
  return {
    people: people.map(({ person }) => person.displayName).sort(),
    skipped: skipped.map(({ label, reason }) => `${label} ${reason}`).sort(),
    explain,
  }
}

describe('an organizational contact that tenant-sync marked', () => {
  test('is nobody, also when it was adopted and keeps an alias of its own', async () => {
    const { people, skipped, explain } = await read()
    expect(people).toEqual(['Carl', 'theirs'])
    expect(skipped).toEqual([
      'adopted <adopted@contoso.com> made-by-tenant-sync',
      'made <made@contoso.com> made-by-tenant-sync',
    ])
    // In scope of the source, and skipped: as its reader is told.
    expect(await explain('adopted@contoso.com')).toMatchObject([{ inScope: true }])
  })

  test('is known by its mark only where Exchange is read', async () => {
    expect((await read({ hidden: 'include' })).people).toEqual(['Carl', 'adopted', 'theirs'])
    expect(tenant.cmdlets()).toEqual([])
  })
})
