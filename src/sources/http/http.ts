/** People of a web service that answers with JSON, page by page. */
import { openNotice } from '../../engine/notice.ts'
import type { Notice } from '../../engine/plan.ts'
import type { PersonField } from '../../people/person.ts'
import { readAtHand } from '../at-hand.ts'
import { isContactOfOurs } from '../made-by-us.ts'
import type { HttpFrom } from '../schema.ts'
import { condition, OURS_RULE, refuseUnknown } from '../scope.ts'
import { SourceError } from '../source-error.ts'
import type { Source, SourcePath } from '../source.ts'
import type { Surroundings } from '../surroundings.ts'
import { shown } from './address.ts'
import { BOUNDS, type Bounds } from './bounds.ts'
import { pages } from './pages.ts'
import { peopleIn } from './people.ts'

/**
 * @param from as it passed validation.
 * @param bounds for tests.
 */
export function httpSource(
  from: HttpFrom,
  at: SourcePath,
  { secret }: Pick<Surroundings, 'secret'>,
  bounds: Bounds = BOUNDS,
): Source {
  const where = condition(from.where, [...at, 'where'])
  const { url, tokenEnv, fields, next } = from.http
  const paths = Object.entries(fields) as [PersonField, string][]
  return {
    async read() {
      const token = tokenEnv === undefined ? undefined : { name: tokenEnv, value: secret(tokenEnv).trim() }
      const service = shown(new URL(url))
      const { people, skipped, unknown, toldNext } = await peopleIn(
        pages(from.http, token, bounds),
        paths,
        service,
      ).catch((error: unknown) => {
        throw withoutSecret(error, token?.value)
      })
      refuseUnknown(
        where,
        unknown,
        (read) =>
          `${service}: \`where\` reads ${read}, and no item of any page has what \`fields\` names for it.`,
      )
      return readAtHand({
        // A service may hand on an address book that we wrote to.
        candidates: people.map((person) => ({
          sourced: { person, unknown },
          ours: isContactOfOurs(person),
        })),
        rules: [OURS_RULE, ...where.rules],
        skipped,
        warnings: next === undefined || toldNext ? [] : [nextNowhere(service, next)],
      })
    },
  }
}

/** The last page may leave it out; a service that has renamed it does so on the first. */
function nextNowhere(service: string, next: string): Notice {
  return openNotice(
    'http-next-nowhere',
    `${service}: no page has ${next}, which \`next\` names. If there is more than one page, the service may have renamed it, and whoever stands on the others counts as left.`,
  )
}

/** A service may send back what it was sent, and what it sends is told of. */
function withoutSecret(error: unknown, secret: string | undefined): unknown {
  if (!(error instanceof SourceError) || secret === undefined || !error.message.includes(secret)) return error
  const { advice } = error
  return new SourceError(error.code, error.message.replaceAll(secret, '***'), {
    ...(advice !== undefined && { advice: advice.replaceAll(secret, '***') }),
  })
}
