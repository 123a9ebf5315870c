/**
 * A YAML file as data, with the place of each key and value. YAML 1.2 core schema: no dates, no
 * merge keys, no tags of its own.
 */
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
} from 'yaml'
import type { FaultOptions, Path } from './fault.ts'
import { sourceOffset } from './scalar.ts'

export interface Position {
  readonly line: number
  readonly column: number
}

export interface YamlDocument {
  /** `undefined` when the text cannot be read. */
  readonly data: unknown
  readonly faults: readonly { readonly position: Position; readonly message: string }[]
  /** Where a path stands; of one that is not there, where the nearest mapping or list around it does. */
  position(path: Path, options?: FaultOptions): Position
}

/** More than any profile needs; a file that is larger is something else. */
const LARGEST = 1_048_576
/** How often anchors may be repeated: a small file could else stand for a very large one. */
const MOST_ALIASES = 100

const MESSAGES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here for the second time',
  MULTIPLE_DOCS: 'a second document begins here: a file holds one',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  TAB_AS_INDENT: 'a tab cannot indent: use spaces',
}

export function readDocument(text: string): YamlDocument {
  if (text.length > LARGEST) return unreadable('the file is larger than 1 MiB')
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
    })
    const at = (offset: number): Position => {
      const { line, col } = lines.linePos(Math.min(offset, text.length))
      return { line: Math.max(1, line), column: Math.max(1, col) }
    }
    const faults = firstOfEachLine([...syntaxFaults(document, text), ...treeFaults(document)], text).map(
      ({ offset, message }) => ({ position: at(offset), message }),
    )
    const root = document.contents
    const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)
    return {
      data: faults.length === 0 ? plain(document.toJS({ maxAliasCount: MOST_ALIASES })) : undefined,
      faults,
      position: (path, options = {}) => at(offsetOf(text, root, path, options, resolve)),
    }
  } catch (error) {
    return unreadable(reasonOf(error))
  }
}

interface TextFault {
  readonly offset: number
  readonly message: string
}

const QUOTES = 'a text with {{ }} stands in quotes: YAML takes a brace for a mapping'

function syntaxFaults({ errors, warnings }: Document.Parsed, text: string): TextFault[] {
  return [...errors, ...warnings].map(({ code, message, pos: [offset] }) => {
    const bare = /[:-] +\{\{/.test(text.slice(lineStart(text, offset), offset))
    return { offset, message: bare ? QUOTES : (MESSAGES[code] ?? `not valid YAML: ${message}`) }
  })
}

/** What can be parsed and means nothing: an alias without its anchor; a mapping as a key. */
function treeFaults(document: Document.Parsed): TextFault[] {
  const faults: TextFault[] = []
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) === undefined)
        faults.push({
          offset: alias.range![0],
          message: `there is no anchor \`&${alias.source}\` before this`,
        })
    },
    Pair(_key, { key }) {
      if (isCollection(key)) {
        faults.push({ offset: key.range![0], message: QUOTES })
        return visit.SKIP
      }
      return undefined
    },
  })
  return faults
}

/** What follows a mistake on its line is seldom another. */
function firstOfEachLine(faults: readonly TextFault[], text: string): TextFault[] {
  const first = new Map<number, TextFault>()
  for (const fault of faults.toSorted((left, right) => left.offset - right.offset)) {
    const line = lineStart(text, fault.offset)
    if (!first.has(line)) first.set(line, fault)
  }
  return [...first.values()]
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Without the ties between aliases of one anchor. @throws TypeError when one holds itself. */
function plain(data: unknown): unknown {
  return data === undefined || data === null ? data : (JSON.parse(JSON.stringify(data, whole)) as unknown)
}

/** JSON has no infinities: they stay, as a text, to be told from what is missing. */
function whole(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

function reasonOf(error: unknown): string {
  if (error instanceof ReferenceError) return `its anchors are repeated more than ${MOST_ALIASES} times`
  if (error instanceof TypeError) return 'an alias stands within its own anchor'
  return 'it is nested too deeply'
}

function unreadable(reason: string): YamlDocument {
  const start = { line: 1, column: 1 }
  return { data: undefined, faults: [{ position: start, message: reason }], position: () => start }
}

function offsetOf(
  text: string,
  root: Node | null,
  path: Path,
  { key, offset }: FaultOptions,
  resolve: (node: unknown) => unknown,
): number {
  let node: unknown = root
  let start = startOf(root) ?? 0
  for (const [index, step] of path.entries()) {
    const child = childOf(resolve(node), step)
    if (child === undefined) return start
    if (key && index === path.length - 1 && child.key) return startOf(child.key) ?? start
    node = child.value
    // An empty value has no place of its own: its key's is the nearest.
    start = startOf(node) ?? startOf(child.key) ?? start
  }
  if (offset === undefined || !isScalar(node) || !node.range) return start
  const [from, to] = node.range
  return from + sourceOffset(text.slice(from, to), node.type, offset)
}

function childOf(node: unknown, step: string | number): { key?: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const value = node.items[Number(step)]
    return value === undefined ? undefined : { value }
  }
  if (!isMap(node)) return undefined
  const pair: Pair | undefined = node.items.find(
    ({ key }) => String(isScalar(key) ? key.value : key) === String(step),
  )
  return pair && { key: pair.key, value: pair.value }
}

function startOf(node: unknown): number | undefined {
  const range = (node as Node | null | undefined)?.range
  if (!range) return undefined
  return isScalar(node) && node.source === '' && node.type === 'PLAIN' ? undefined : range[0]
}
