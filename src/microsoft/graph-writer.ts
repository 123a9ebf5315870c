/**
 * Writing to Microsoft Graph (v1.0), one request at a time: policies, applications, synchronization.
 * These are few, and each waits for the one before: no batch.
 */
import { parsed, refusalOf, type GraphTransport } from './graph-transport.ts'
import type { GraphReader } from './graph.ts'
import { written, type Written } from './written.ts'

/** What an apply is given besides. Paths are relative to the version: `/servicePrincipals/…/synchronization/jobs`. */
export interface GraphWriter extends GraphReader {
  /**
   * POST, of objects and of actions. It is sent again only when it was certainly not carried out.
   * @param body `undefined` for an action without parameters.
   * @param options.repeatable where doing it twice does no harm: then it is sent again as a read is.
   * @throws ServiceError; `ambiguous` when it may have been carried out: look before you do it again.
   */
  create(path: string, body: object | undefined, options?: { repeatable?: boolean }): Promise<Written>
  /** PATCH. @throws ServiceError */
  update(path: string, body: object): Promise<Written>
  /** PUT. @throws ServiceError */
  replace(path: string, body: object): Promise<Written>
  /** DELETE. @throws ServiceError with status 404 where it is gone, perhaps by an answer that was lost. */
  remove(path: string): Promise<Written>
}

interface Write {
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: object
  readonly repeatable: boolean
}

export function graphWriter(transport: GraphTransport, reader: GraphReader): GraphWriter {
  const write = async ({ method, path, body, repeatable }: Write): Promise<Written> => {
    const operation = `${method} ${templateOf(path)}`
    const answer = await transport.send(
      `${transport.base}/v1.0${path}`,
      {
        method,
        ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      },
      { operation, repeatable },
    )
    const refusal = refusalOf(answer)
    const nothing = answer.body === ''
    const content = nothing ? undefined : parsed(answer.body)
    // What says 200 and is no JSON comes from a proxy: nobody knows what Graph did.
    const unheard = answer.status < 400 && !nothing && content === undefined
    if (answer.status >= 400 || unheard)
      throw transport.refusal(
        { ...refusal, ambiguous: !repeatable && (unheard || answer.status >= 500) },
        operation,
      )
    return written({ ...refusal, status: answer.status, body: content })
  }

  return {
    ...reader,
    create: (path, body, { repeatable = false } = {}) =>
      write({ method: 'POST', path, ...(body && { body }), repeatable }),
    update: (path, body) => write({ method: 'PATCH', path, body, repeatable: true }),
    replace: (path, body) => write({ method: 'PUT', path, body, repeatable: true }),
    remove: (path) => write({ method: 'DELETE', path, repeatable: true }),
  }
}

/** Behind the name of one of these stands an id: a GUID, a job's, a person's. */
const COLLECTIONS = [
  'applications',
  'applicationTemplates',
  'appRoleAssignedTo',
  'jobs',
  'partners',
  'servicePrincipals',
  'templates',
]
/** Actions of a collection stand where an id would. */
const ACTIONS = ['validateCredentials']
const ID = new RegExp(`/(${COLLECTIONS.join('|')})/(?!(?:${ACTIONS.join('|')})(?:/|$))[^/]+`, 'g')

/** `/servicePrincipals/{id}/synchronization/jobs/{id}/start`: no message tells a value. */
function templateOf(path: string): string {
  return path.replace(/\?.*$/s, '').replace(ID, '/$1/{id}')
}
