/**
 * Reads an attribute mapping's expression: attributes in brackets, texts in quotes, numbers, functions within
 * functions, comparisons.
 * Source: Microsoft Entra, "Reference for writing expressions for attribute mappings in Microsoft Entra
 * Application Provisioning". Where it leaves something open the expression passes: the service decides.
 */
import { COMPARISONS, type Expression } from './expression.ts'
import { functionNamed, nearestFunction, type FunctionSignature } from './functions.ts'
import { patternFault } from './pattern.ts'
import { Reader } from './reader.ts'

const TEXT = /"(?:[^"\\]|\\[\s\S])*"/y
const ATTRIBUTE = /\[[^\s[\]"(),]+\]/y
const NUMBER = /-?\d+(?:\.\d+)?|&H[\dA-F]+/iy
const NAME = /[A-Z]\w*/iy

/** How `InStr` compares: the only words that stand by themselves. */
const WORDS = ['vbTextCompare', 'vbBinaryCompare']

/** More than anybody writes, and less than a call stack bears. */
const DEEPEST = 100

/** @throws ExpressionError also for functions that are not known, and for arguments too few or too many. */
export function parseExpression(text: string): Expression {
  const reader = new Reader(text)
  if (reader.isAtEnd) throw reader.fault('there is no expression')
  const expression = operation(reader, 0)
  if (!reader.isAtEnd) throw reader.fault(`expected the end, found ${reader.next}`)
  return expression
}

function operation(reader: Reader, depth: number): Expression {
  const left = operand(reader, depth)
  const by = COMPARISONS.find((sign) => reader.takes(sign))
  return by === undefined ? left : { kind: 'comparison', left, by, right: operand(reader, depth) }
}

function operand(reader: Reader, depth: number): Expression {
  const { column } = reader
  const text = reader.take(TEXT)
  if (text !== undefined) return { kind: 'text', text: text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') }
  const attribute = reader.take(ATTRIBUTE)
  if (attribute !== undefined) return { kind: 'attribute', name: attribute.slice(1, -1) }
  const number = reader.take(NUMBER)
  if (number !== undefined) return { kind: 'number', text: number }
  const name = reader.take(NAME)
  if (name !== undefined)
    return reader.takes('(') ? call(reader, name, column, depth) : word(reader, name, column)
  throw reader.fault(missing(reader))
}

function missing(reader: Reader): string {
  if (reader.startsWith('"')) return 'a text that does not end: expected `"`'
  if (reader.startsWith('[')) return 'expected the name of an attribute and `]`, such as [displayName]'
  return `expected an attribute, a text or a function, found ${reader.next}`
}

function word(reader: Reader, name: string, column: number): Expression {
  const known = WORDS.find((each) => each.toLowerCase() === name.toLowerCase())
  if (known !== undefined) return { kind: 'word', text: known }
  const advice = functionNamed(name)
    ? 'a function has its arguments in parentheses'
    : `write [${name}] for an attribute, "${name}" for a text`
  throw reader.fault(`\`${name}\` is neither an attribute nor a text: ${advice}`, column)
}

/** After the opening parenthesis. */
function call(reader: Reader, name: string, column: number, depth: number): Expression {
  const called = functionNamed(name)
  if (!called) {
    const meant = nearestFunction(name)
    throw reader.fault(
      `there is no function \`${name}\`${meant === undefined ? '' : `: did you mean \`${meant}\`?`}`,
      column,
    )
  }
  if (depth === DEEPEST) throw reader.fault(`functions within functions, more than ${DEEPEST} deep`, column)
  const { args, columns } = listed(reader, depth + 1)
  if (!fits(called, args.length)) throw reader.fault(`${usage(called)}, not ${args.length}`, column)
  const pattern = args[called.pattern]
  const fault = pattern?.kind === 'text' ? patternFault(pattern.text) : undefined
  if (fault !== undefined)
    throw reader.fault(`not a regular expression: ${fault}`, columns[called.pattern] ?? column)
  return { kind: 'call', function: called, args }
}

function listed(reader: Reader, depth: number): { args: Expression[]; columns: number[] } {
  const args: Expression[] = []
  const columns: number[] = []
  if (reader.takes(')')) return { args, columns }
  do {
    columns.push(reader.column)
    const isBlank = reader.startsWith(',') || reader.startsWith(')')
    args.push(isBlank ? { kind: 'blank' } : operation(reader, depth))
  } while (reader.takes(','))
  if (!reader.takes(')')) throw reader.fault(`expected \`,\` or \`)\`, found ${reader.next}`)
  return { args, columns }
}

function fits({ least, most, paired }: FunctionSignature, count: number): boolean {
  return count >= least && count <= most && !(paired && (count - least) % 2 === 1)
}

function usage({ name, parameters, least, most, paired }: FunctionSignature): string {
  const number = most === least ? `${least}` : most === Infinity ? `${least} or more` : `${least} to ${most}`
  const names =
    parameters.length === 0 ? '' : ` (${parameters.join(', ')}${most === Infinity ? ', ...' : ''})`
  return `\`${name}\` takes ${number} argument${number === '1' ? '' : 's'}${names}${paired ? ', in pairs' : ''}`
}
