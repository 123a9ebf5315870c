/** The least that a profile of cross-tenant synchronization says. */
export const MINIMAL = `
name: fabrikam-to-contoso
kind: cross-tenant-sync
from: { tenant: fabrikam }
to: { tenant: contoso }
application: Contoso cross-tenant sync
scope: { groups: [Shared projects], users: [ada@fabrikam.com] }
`
