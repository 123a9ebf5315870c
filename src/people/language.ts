/**
 * The language of expressions: CEL over the fields of a person, with a few functions beside its own.
 * Three things differ from the library's CEL: `type` is the person's, not CEL's function of that name;
 * a text that is not in a list is `''`; patterns run on RE2, which does not backtrack, since what they
 * are held against is hostile.
 */
import { Environment, type ASTNode, type ParseResult } from '@marcbachmann/cel-js'
import { RE2JS } from 're2js'
import { domainOf, localPartOf } from './address.ts'
import { LIST_FIELDS, TEXT_FIELDS } from './person.ts'

/** What the library gives to macros, and to whoever replaces how a node is evaluated; it has no types for them. */
interface Node {
  readonly op: string
  readonly args: unknown
  readonly checkedType: { readonly name: string }
  handle(left: unknown, right: unknown, node: Node, evaluator: Evaluator): unknown
  setMeta(key: 'macro', macro: Macro): void
  setMeta(key: 'evaluate', evaluate: (evaluator: Evaluator, node: Node, context: Scope) => unknown): void
}
interface Checker {
  readonly stringType: unknown
  readonly boolType: unknown
  check(node: Node, scope: Scope): unknown
  createError(code: string, message: string, node: Node): Error
}
interface Evaluator {
  run(node: Node, scope: Scope): unknown
}
interface Scope {
  getValue(name: string): unknown
}
interface Macro {
  readonly async?: boolean
  typeCheck(checker: Checker, macro: Macro, scope: Scope): unknown
  evaluate(evaluator: Evaluator, macro: Macro, scope: Scope): unknown
}

const language = new Environment({ limits: { maxAstNodes: 1000, maxDepth: 32 } })
for (const field of TEXT_FIELDS) if (field !== 'type') language.registerVariable(field, 'string')
for (const field of LIST_FIELDS) language.registerVariable(field, 'list<string>')

/** Each as a function and as a method of its first argument, where CEL has not got it already. */
function define(signatures: readonly string[], handler: (...args: never[]) => unknown): void {
  for (const signature of signatures) language.registerFunction(signature, { handler, async: false })
}
define(['lower(string): string', 'string.lower(): string'], (text: string) => text.toLowerCase())
define(['upper(string): string', 'string.upper(): string'], (text: string) => text.toUpperCase())
define(['domain(string): string', 'string.domain(): string'], domainOf)
define(['localPart(string): string', 'string.localPart(): string'], localPartOf)
define(['join(list<string>, string): string'], (list: string[], separator: string) => list.join(separator))
define(['replace(string, string, string): string', 'string.replace(string, string): string'], (
  text: string,
  from: string,
  to: string,
) => text.replaceAll(from, () => to))
// Macros are found by name, whatever the receiver; a receiver other than `string` leaves CEL's own in place.
language.registerFunction('list.matches(ast): bool', {
  handler: ({ args, receiver, ast }: { args: [Node]; receiver: Node; ast: Node }) =>
    matches(receiver, args[0], ast),
})

/** @throws the library's ParseError, with a `range` in the text. */
export function parse(text: string): ParseResult {
  const parsed = language.parse(text)
  visit(parsed.ast, (node) => {
    if (node.op === 'id' && node.args === 'type') node.setMeta('macro', TYPE_OF_PERSON)
    if (node.op === '[]') node.setMeta('evaluate', element)
  })
  return parsed
}

/** Every node of an expression, those inside macros too. */
export function visit(from: ASTNode, see: (node: Node) => void): void {
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk)
    else if (typeof part === 'object' && part !== null && 'op' in part) {
      see(part as Node)
      walk((part as Node).args)
    }
  }
  walk(from)
}

const TYPE_OF_PERSON: Macro = {
  typeCheck: ({ stringType }) => stringType,
  evaluate: (_evaluator, _macro, scope) => scope.getValue('type'),
}

function element(evaluator: Evaluator, node: Node, scope: Scope): unknown {
  const [left, right] = node.args as [Node, Node]
  const list = evaluator.run(left, scope)
  const index = evaluator.run(right, scope)
  const beyond = Array.isArray(list) && typeof index === 'bigint' && index >= list.length
  return beyond && node.checkedType.name === 'string' ? '' : node.handle(list, index, node, evaluator)
}

function matches(text: Node, pattern: Node, call: Node): Macro {
  const compiled = new Map<string, RE2JS>()
  const compile = (source: string): RE2JS => {
    let expression = compiled.get(source)
    if (!expression) compiled.set(source, (expression = RE2JS.compile(source)))
    return expression
  }
  return {
    async: false,
    typeCheck(checker, _macro, scope) {
      for (const node of [text, pattern])
        if (checker.check(node, scope) !== checker.stringType)
          throw checker.createError('no_matching_overload', 'matches() takes a text and a pattern', call)
      if (pattern.op === 'value')
        try {
          compile(String(pattern.args))
        } catch (error) {
          throw checker.createError('invalid_pattern', (error as Error).message, pattern)
        }
      return checker.boolType
    },
    evaluate: (evaluator, _macro, scope) =>
      compile(String(evaluator.run(pattern, scope)))
        .matcher(String(evaluator.run(text, scope)))
        .find(),
  }
}
