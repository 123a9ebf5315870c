import type { GraphReader } from '../../../../microsoft/graph.ts'

/** A directory that answers any listing with these pages, and tells what it was asked. */
export function listing(pages: Iterable<readonly unknown[]>) {
  const asked: { path: string; options: Record<string, unknown> }[] = []
  let read = 0
  const graph = {
    tenant: 'fabrikam',
    async *pages(path: string, options: Record<string, unknown>) {
      asked.push({ path, options })
      for (const page of pages) {
        read++
        yield await Promise.resolve(page)
      }
    },
  } as unknown as GraphReader
  return { graph, asked, read: () => read }
}
