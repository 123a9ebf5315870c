/** The profile of docs/sources/active-directory.md against a real domain controller that holds its entries. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Client } from 'ldapts'
import {
  describeWithSamba,
  startDomainController,
  type DomainController,
} from '../active-directory/domain-controller.ts'
import { DOMAIN, PASSWORD } from '../active-directory/directory.ts'
import { blocks, page } from './pages.ts'
import { expectAsDocumented, profileOf } from './running.ts'

const PUBLISHED = 'DC=corp,DC=fabrikam,DC=com'

/** Adds the entries of an LDIF, as an administrator of the domain does. */
async function load(ldif: string, { host, authority }: DomainController): Promise<void> {
  const client = new Client({ url: `ldaps://${host}`, tlsOptions: { ca: [authority] } })
  await client.bind('Administrator@contoso.test', 'Adm1n!strator')
  try {
    for (const entry of ldif.trim().split('\n\n')) {
      const [dn, ...lines] = entry.split('\n').map((line) => line.replace(/^\w+: /, ''))
      const names = entry.split('\n').map((line) => line.split(':', 1)[0]!)
      await client.add(dn!, Object.fromEntries(lines.map((value, index) => [names[index + 1]!, value])))
    }
  } finally {
    await client.unbind()
  }
}

describeWithSamba('the page of Active Directory', () => {
  let controller: DomainController
  beforeAll(async () => {
    controller = await startDomainController()
  }, 180_000)
  afterAll(() => controller?.stop())

  test('its profile does what it says', async () => {
    const { host, authority } = controller
    const [entries] = blocks(page('active-directory.md'), 'ldif')
    await load(entries!.replaceAll(PUBLISHED, DOMAIN), controller)
    const profile = profileOf('active-directory')
      .replace('dc1.corp.fabrikam.com', host)
      .replace(PUBLISHED, DOMAIN)
      .replace('tenant-sync-reader@corp.fabrikam.com', 'reader@contoso.test')
    expect(profile).not.toContain('corp.fabrikam')
    const { warnings } = await expectAsDocumented('active-directory', {
      profile,
      files: { 'corp-ca.pem': authority },
      env: { AD_PASSWORD: PASSWORD },
    })
    expect(warnings).toEqual([])
  })
})
