/** Pages of a list (GitHub REST, using pagination). */
import type { Answer, Request } from '../service.ts'

const DEFAULT_SIZE = 30
const LARGEST_SIZE = 100

/**
 * One page, with the `Link` header that leads to the others. A size or a page that is none counts as the
 * default; a larger size than GitHub's largest is the largest.
 * @param base the list's own address: GitHub links by the repository's id, not by its name
 */
export function paged(rows: readonly unknown[], request: Request, base: string): Answer {
  const size = Math.min(positive(request.query.get('per_page')) ?? DEFAULT_SIZE, LARGEST_SIZE)
  const page = positive(request.query.get('page')) ?? 1
  const last = Math.max(1, Math.ceil(rows.length / size))
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams(request.query)
    query.set('page', String(to))
    return `<${base}?${query.toString()}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ]
  return {
    status: 200,
    ...(links.length > 0 && { headers: { link: links.join(', ') } }),
    body: rows.slice((page - 1) * size, page * size),
  }
}

function positive(text: string | null): number | undefined {
  const number = Number(text)
  return text !== null && Number.isInteger(number) && number > 0 ? number : undefined
}
