/** What sources reach beyond a profile's own text: tenants, files beside the profile, variables of the environment. */
import type { Readers } from '../microsoft/connections.ts'
import { keepSecret } from '../microsoft/secrets.ts'
import { fileBeside, readNamedFile, type Grounds } from '../profiles/named-files.ts'

export interface Surroundings {
  readonly tenants: Readers
  /**
   * A file that the profile names, relative to itself.
   * @throws NamedFileError when it stands outside the repository, is missing, or is too large.
   */
  file(name: string): Promise<Buffer>
  /** The same file for readers: relative to the repository, as the profile's own is. */
  place(name: string): string
  /**
   * A secret of the environment, without a line break behind it; from then on it is masked in the log.
   * @throws VariableError when it is not set.
   */
  secret(name: string): string
}

export interface SurroundingsOptions extends Grounds {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly onSecret?: (secret: string) => void
}

/** @returns what the sources of a profile in a file reach; the file relative to the root. */
export function surroundings(
  tenants: Readers,
  { env, onSecret, ...grounds }: SurroundingsOptions,
): (file: string) => Surroundings {
  return (file) => ({
    tenants,
    file: (name) => readNamedFile(name, file, grounds),
    place: (name) => fileBeside(file, name),
    secret(name) {
      const stored = env[name] ?? ''
      // As a file that was stored has one.
      const value = stored.replace(/[\r\n]+$/, '')
      if (value === '') throw new VariableError(name)
      for (const form of new Set([stored, value, value.trim()]))
        if (form !== '') {
          onSecret?.(form)
          keepSecret(form)
        }
      return value
    },
  })
}

export class VariableError extends Error {
  override readonly name = 'VariableError'
  readonly code = 'variable-not-set'
  readonly advice: string
  constructor(variable: string) {
    super(
      `The environment variable ${variable}, which the profile names, is not set. In a workflow, give it to the step: env: { ${variable}: \${{ secrets.${variable} }} }.`,
    )
    this.advice = this.message
  }
}
