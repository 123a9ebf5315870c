/** Exchange Online on the wire: a client of one organization, cmdlets it runs, and answers it is given. */
import { exchangeClient } from '../exchange.ts'
import { AT_ONCE, IDENTITY, tokens, type Reply } from './wire.ts'

export const BASE = 'https://outlook.office365.com'
export const ENDPOINT = `${BASE}/adminapi/beta/fabrikam.onmicrosoft.com/InvokeCommand`
export const client = (base = BASE) => exchangeClient(IDENTITY, 'fabrikam.onmicrosoft.com', base, tokens(), 4)

/** A write that does no harm twice. */
export const set = () => client().run('Set-MailContact', { Identity: 'g' }, { repeatable: true })
/** A write that does harm when it is done twice. */
export const make = () => client().run('New-MailContact', { Name: 'n' }, { repeatable: false })

export const rows = (value: unknown[], more: object = {}): Reply => ({
  body: { '@adminapi.warnings': [], value, ...more },
})
export const refused = (status: number, error: unknown): Reply => ({
  status,
  headers: [AT_ONCE],
  body: { error },
})
export const failed = (status: number, type: string, text: string): Reply =>
  refused(status, {
    code: 'X',
    message: 'Error executing cmdlet',
    details: [{ message: `Ex1|${type}|${text}` }],
  })
