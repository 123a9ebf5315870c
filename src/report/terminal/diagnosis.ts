/** What `doctor` found, at a terminal: tenant by tenant and app by app, what is wrong with the commands that mend it. */
import type {
  AppDiagnosis,
  CredentialNeeded,
  Diagnosis,
  Finding,
  NeedDiagnosis,
  TenantDiagnosis,
  Verdict,
} from '../diagnosis.ts'
import { terminalText } from '../inert.ts'
import { listed, some, type Mood } from '../wording.ts'
import { MOOD_COLOURS, type Colour } from './paint.ts'
import { signedLines, viewOf, type Screen, type View } from './screen.ts'

const VERDICT_WORDS: Readonly<Record<Verdict, readonly [words: string, mood: Mood]>> = {
  ok: ['ok', 'calm'],
  'not-checked': ['not checked', 'care'],
  'too-much': ['too much', 'care'],
  missing: ['missing', 'alarm'],
  exposed: ['open to any branch', 'alarm'],
  'no-sign-in': ['no sign-in', 'alarm'],
}

const STATE_SIGNS: Readonly<Record<NeedDiagnosis['state'], readonly [sign: string, colour: Colour]>> = {
  held: ['=', 'green'],
  wider: ['=', 'yellow'],
  missing: ['-', 'red'],
  unknown: ['?', 'dim'],
}

const SEVERITY_SIGNS: Readonly<Record<Finding['severity'], readonly [sign: string, colour: Colour]>> = {
  error: ['x', 'red'],
  warning: ['!', 'yellow'],
  note: ['·', 'dim'],
}

/** Ends with a line break. */
export function terminalDiagnosis(diagnosis: Diagnosis, screen: Omit<Screen, 'detail'>): string {
  const view = viewOf({ ...screen, detail: 'full' })
  const { job, tenants } = diagnosis
  return [
    ...(job
      ? [
          ...signedLines(
            '·',
            'dim',
            terminalText(`this job is ${job.subject} to Entra (${job.form} form)`),
            view,
          ),
          '',
        ]
      : []),
    ...tenants.flatMap((tenant) => [...tenantLines(tenant, view), '']),
    `${view.paint('bold', 'Doctor:')} ${summary(diagnosis, view)}`,
    '',
  ].join('\n')
}

function tenantLines({ tenant, tenantId, signIn, apps }: TenantDiagnosis, view: View): string[] {
  const { paint } = view
  return [
    `${paint('bold', terminalText(tenant))}  ${paint('dim', terminalText(tenantId))}`,
    ...(apps.some(hasCommands) ? commandLines(signIn, view) : []),
    ...apps.flatMap((app) => [
      heading(app, view),
      ...app.needs.flatMap((need) => needLines(need, view)),
      ...app.findings.flatMap((finding) => findingLines(finding, view)),
      ...app.credentials.flatMap((credential) => credentialLines(credential, view)),
    ]),
  ]
}

function hasCommands({ findings, credentials }: AppDiagnosis): boolean {
  return [...findings, ...credentials].some(({ commands }) => commands.length > 0)
}

/** `app 1d2e3f40-… plans and applies  ok` */
function heading({ clientId, purposes, verdict }: AppDiagnosis, { paint }: View): string {
  const [words, mood] = VERDICT_WORDS[verdict]
  const does = listed(purposes.map((purpose) => (purpose === 'plan' ? 'plans' : 'applies')))
  return `app ${terminalText(clientId)} ${does}  ${paint(MOOD_COLOURS[mood], words)}`
}

/** `  = User.Read.All (Microsoft Graph), to read people` */
function needLines({ privilege, of, why, optional, state }: NeedDiagnosis, view: View): string[] {
  const [sign, colour] = STATE_SIGNS[state]
  const text = `${privilege} (${of}), ${why}${optional ? ', optional' : ''}${state === 'wider' ? ': included in what it has' : ''}`
  return signedLines(sign, optional && state === 'missing' ? 'dim' : colour, terminalText(text), view)
}

function findingLines({ severity, code, message, commands }: Finding, view: View): string[] {
  const [sign, colour] = SEVERITY_SIGNS[severity]
  return [
    ...signedLines(sign, colour, terminalText(`${code}: ${message}`), view),
    ...commandLines(commands, view),
  ]
}

function credentialLines({ issuer, audience, subject, commands }: CredentialNeeded, view: View): string[] {
  const { classic, immutable, sent } = subject
  const says = (form: string) => (form === sent ? ', which GitHub sends here' : '')
  const text = [
    `federated credential: issuer ${issuer}, audience ${audience}, subject ${classic} (classic${says(classic)})`,
    `or ${immutable} (immutable${says(immutable)})`,
    ...(sent !== undefined && sent !== classic && sent !== immutable
      ? [`or ${sent}, which GitHub sends here`]
      : []),
  ].join(' ')
  return [...signedLines('>', 'cyan', terminalText(text), view), ...commandLines(commands, view)]
}

/** Each whole on its line, to be copied: it is never cut or folded. */
function commandLines(commands: readonly string[], { paint }: View): string[] {
  return commands.map((command) => `      ${paint('dim', terminalText(command))}`)
}

function summary({ outcome, tenants }: Diagnosis, { paint }: View): string {
  const apps = tenants.flatMap((tenant) => tenant.apps)
  const having = (severity: Finding['severity']) =>
    apps.filter(({ findings }) => findings.some((finding) => finding.severity === severity)).length
  const unchecked = apps.filter(({ verdict }) => verdict === 'not-checked').length
  const parts = [
    outcome === 'failed'
      ? `${some(having('error'), 'app')} of ${apps.length} ${having('error') === 1 ? 'is not as it' : 'are not as they'} should be`
      : unchecked === apps.length
        ? 'no app is known to be amiss'
        : `nothing is missing, and no app could do what it should not`,
    ...(having('warning') > 0 ? [`${some(having('warning'), 'app')} with warnings`] : []),
    ...(unchecked > 0 ? [`${some(unchecked, 'app')} could not be checked from here`] : []),
  ]
  return paint(MOOD_COLOURS[outcome === 'failed' ? 'alarm' : 'calm'], `${parts.join('; ')}.`)
}
