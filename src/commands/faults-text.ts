import { formatFault } from '../profiles/fault.ts'
import { terminalText } from '../report/inert.ts'
import type { ProfileFaults } from './run.ts'

/** One line a fault, `file:line:column message`, as editors and terminals follow it. */
export function faultsText({ faults, message }: ProfileFaults): string {
  return [...faults.map((fault) => terminalText(formatFault(fault))), `${message}.`].join('\n')
}
