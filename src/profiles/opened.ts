/** A file that was read, with its place for every fault. */
import type { Check } from './check.ts'
import { readDocument } from './document.ts'
import { formatPath, type Fault, type FaultOptions, type Path, type Report } from './fault.ts'
import type { FoundFile } from './files.ts'

export interface Opened {
  readonly file: string
  readonly data: unknown
  /** What was found wrong so far. */
  readonly faults: Fault[]
  fault(path: Path, message: string, options?: FaultOptions): Fault
  readonly report: Report
}

export function open({ file, text }: FoundFile): Opened {
  const document = readDocument(text)
  const faults: Fault[] = document.faults.map(({ position, message }) => ({
    file,
    ...position,
    message,
    path: '',
  }))
  const fault: Opened['fault'] = (at, message, options) => ({
    file,
    ...document.position(at, options),
    message,
    path: formatPath(at),
  })
  return {
    file,
    data: document.data,
    faults,
    fault,
    report: (at, message, options) => void faults.push(fault(at, message, options)),
  }
}

/** @returns whether the data fits; what does not is reported. */
export function applyCheck(check: Check, { data, report }: Opened): boolean {
  const problems = check(data)
  for (const { path: at, message, options } of problems) report(at, message, options)
  return problems.length === 0
}
