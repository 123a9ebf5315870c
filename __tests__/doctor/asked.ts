/** The command at a terminal. */
import { doctor } from '../../src/commands/doctor/doctor.ts'
import type { RunOptions } from '../../src/commands/run.ts'
import type { AppDiagnosis, Diagnosis } from '../../src/report/diagnosis.ts'
import { printedBy, type Printed } from '../printed.ts'

export function printed(options: RunOptions, json = false): Promise<Printed> {
  return printedBy((console) => doctor(options, console, { json }))
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
