/** The command at a terminal. */
import type { Console } from '../../src/commands/console.ts'
import { doctor } from '../../src/commands/doctor/doctor.ts'
import type { RunOptions } from '../../src/commands/run.ts'
import type { AppDiagnosis, Diagnosis } from '../../src/report/diagnosis.ts'

export interface Asked {
  readonly code: number
  readonly text: string
}

export async function printed(options: RunOptions, json = false): Promise<Asked> {
  const lines: string[] = []
  const console: Console = {
    out: (text) => lines.push(text),
    err: (text) => lines.push(text),
    color: false,
    width: 100,
    interactive: false,
    ask: () => Promise.resolve(false),
  }
  const code = await doctor(options, console, { json })
  return { code, text: lines.join('\n') }
}

export async function diagnosed(options: RunOptions): Promise<Diagnosis & { readonly code: number }> {
  const { code, text } = await printed(options, true)
  return { ...(JSON.parse(text) as Diagnosis), code }
}

export function appOf({ tenants }: Diagnosis, clientId: string): AppDiagnosis {
  return tenants.flatMap(({ apps }) => apps).find((app) => app.clientId === clientId)!
}

/** `missing: lacks …` and the like. */
export function told({ findings }: AppDiagnosis): string[] {
  return findings.map(({ severity, code, message }) => `${severity} ${code}: ${message}`)
}
