/** The links of all documents lead somewhere, also to a heading of another document. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { FOLDER } from './pages.ts'

const DOCUMENTS = [
  'README.md',
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
  ...readdirSync(FOLDER).map((file) => join(FOLDER, file)),
]
test.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(document, 'utf8')
  const broken = Array.from(text.matchAll(/\]\((?!https:)([^)\s]+)\)/g), ([, link]) => link!).filter(
    (link) => {
      const [file, anchor] = link.split('#')
      const target = file === '' ? document : join(dirname(document), file!)
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor))
    },
  )
  expect(broken).toEqual([])
})

/** As GitHub makes them of headings. */
function anchorsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  )
}
