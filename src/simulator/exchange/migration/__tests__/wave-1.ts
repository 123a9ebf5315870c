/** The batch wave-1, in which Ada moves: as it is asked for, as it is seeded, and what is read of it. */
import type { Behaviour } from '../../../seed.ts'
import { prepared } from './prepared.ts'
import type { Side } from './two-tenants.ts'

export const csv = (...lines: string[]) => Buffer.from(lines.join('\r\n')).toString('base64')
export const WAVE = {
  Name: 'wave-1',
  SourceEndpoint: 'from-fabrikam',
  TargetDeliveryDomain: 'contoso.mail.onmicrosoft.com',
  CSVData: csv('EmailAddress', 'ada@contoso.com'),
}
export const ask = { Identity: 'wave-1' }

export const batchOf = (contoso: Side) => contoso.one('Get-MigrationBatch', ask)
export const userOf = (contoso: Side) => contoso.one('Get-MigrationUser', { Identity: 'ada@contoso.com' })
export const withBatch = (batch: object, behaviour?: Partial<Behaviour>) =>
  prepared(
    (seeds) =>
      Object.assign(seeds.contoso.migration, {
        batches: [
          {
            name: 'wave-1',
            endpoint: 'from-fabrikam',
            targetDeliveryDomain: 'contoso.mail.onmicrosoft.com',
            users: [{ address: 'ada@contoso.com' }],
            ...batch,
          },
        ],
      }),
    behaviour,
  )
