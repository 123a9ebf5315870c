/** What the schema of `http` cannot say. */
import { compile } from '../../people/expression.ts'
import type { PersonField } from '../../people/person.ts'
import type { Report } from '../../profiles/fault.ts'
import type { HttpFrom } from '../schema.ts'
import type { SourcePath } from '../source.ts'
import { hasUser } from './address.ts'

/**
 * @param at where in the profile the source stands, e.g. `['from', 0]`.
 * @param required what this kind of profile knows people by.
 */
export function checkHttp(
  { http: { url, fields }, where }: HttpFrom,
  at: SourcePath,
  required: readonly PersonField[],
  report: Report,
): void {
  if (!URL.canParse(url))
    report([...at, 'http', 'url'], 'this is no URL: expected one like https://host/path')
  else if (hasUser(new URL(url)))
    report(
      [...at, 'http', 'url'],
      'a URL holds no user and no password: give a token to the step, and its variable to `tokenEnv`',
    )
  if (fields['id'] === undefined && fields['mail'] === undefined)
    report(
      [...at, 'http', 'fields'],
      'expected `id` or `mail` among them: else nobody can be told from others',
      {
        key: true,
      },
    )
  else
    for (const field of required)
      if (fields[field] === undefined)
        report(
          [...at, 'http', 'fields'],
          `expected \`${field}\` among them: this kind of profile knows people by it`,
          { key: true },
        )
  if (where === undefined) return
  // Without an `id` of their own, people have their mail address as one.
  const unknown = [...compile(where).reads].filter((field) => field !== 'id' && fields[field] === undefined)
  if (unknown.length > 0)
    report(
      [...at, 'where'],
      `this reads ${unknown.join(', ')}, and \`fields\` does not say where in an item that stands`,
    )
}
