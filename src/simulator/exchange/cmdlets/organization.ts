/** Get-AcceptedDomain and Get-OrganizationConfig. */
import { notFound } from '../errors.ts'
import { column, plainOutput, type Plain } from '../rows/plain.ts'
import { View } from '../rows/view.ts'
import { textParameter, type Cmdlet } from './cmdlet.ts'

const ACCEPTED_DOMAIN = new View<Plain>([
  column('DomainName', 'text'),
  column('DomainType', 'text'),
  column('Default', 'flag'),
  column('InitialDomain', 'flag'),
  column('MatchSubDomains', 'flag'),
  column('Name', 'text'),
  column('Identity', 'text'),
  column('Id', 'text'),
  column('IsValid', 'flag'),
])

const ORGANIZATION_CONFIG = new View<Plain>([
  column('Name', 'text'),
  column('DisplayName', 'text'),
  column('Identity', 'text'),
  column('Id', 'text'),
  column('OrganizationId', 'text'),
  column('IsDehydrated', 'flag'),
  column('IsLicensingEnforced', 'flag'),
  column('IsValid', 'flag'),
])

const getAcceptedDomain: Cmdlet = {
  name: 'Get-AcceptedDomain',
  carries: new Set(['Identity', 'ResultSize']),
  run({ tenant, parameters }) {
    const identity = textParameter(parameters, 'Identity')?.toLowerCase()
    const domains = tenant.domains.map((name, index) => ({
      DomainName: name,
      DomainType: 'Authoritative',
      Default: index === Math.min(1, tenant.domains.length - 1),
      InitialDomain: index === 0,
      Name: name,
      Identity: name,
      Id: name,
      IsValid: true,
    }))
    const found = identity === undefined ? domains : domains.filter(({ Name }) => Name === identity)
    if (identity !== undefined && found.length === 0) throw notFound(identity)
    const size = parameters.get('ResultSize')
    return plainOutput(ACCEPTED_DOMAIN, found, typeof size === 'number' ? size : Infinity)
  },
}

const getOrganizationConfig: Cmdlet = {
  name: 'Get-OrganizationConfig',
  carries: new Set(),
  run: ({ tenant: { organization, name, migration } }) =>
    plainOutput(ORGANIZATION_CONFIG, [
      {
        Name: organization,
        DisplayName: name,
        Identity: organization,
        Id: organization,
        OrganizationId: `EXPR01A001.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/${organization} - Configuration`,
        IsDehydrated: migration.dehydrated,
        IsLicensingEnforced: true,
        IsValid: true,
      },
    ]),
}

export const ORGANIZATION_CMDLETS: readonly Cmdlet[] = [getAcceptedDomain, getOrganizationConfig]
