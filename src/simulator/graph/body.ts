import { jsonBody } from '../service.ts'
import type { Request } from '../service.ts'
import type { Properties } from './directory.ts'
import { badRequest } from './errors.ts'
import type { GraphRefused } from './errors.ts'

/**
 * The body of a write, as an object.
 * @param unreadable what the service behind the path says of a body that is none
 * @throws GraphRefused 400
 */
export function objectBody(request: Request, unreadable: () => GraphRefused): Properties {
  if (request.headers['content-type'] === undefined) {
    throw badRequest('Write requests (excluding DELETE) must contain the Content-Type header declaration.')
  }
  if (request.text === '') throw badRequest('Empty Payload. JSON content expected.')
  const body = jsonBody(request)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw unreadable()
  return body as Properties
}
