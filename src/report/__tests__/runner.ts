/**
 * What a runner takes for a command in a job's log (actions/runner, ActionCommand.cs, both forms). A real one
 * obeys the commands that it knows; here every name counts.
 */

export interface RunnerCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

export function commandsIn(log: string): RunnerCommand[] {
  return log
    .split(/\r\n|\r|\n/)
    .map((line) => commandIn(line) ?? olderCommandIn(line))
    .filter((command) => command !== undefined)
}

/** `::name key=value,key=value::data`, white space before it aside. */
function commandIn(line: string): RunnerCommand | undefined {
  // What .NET trims and ECMAScript does not.
  const text = line.replace(/^[\s\u0085]+/, '')
  const end = text.indexOf('::', 2)
  if (!text.startsWith('::') || end < 0) return undefined
  const [name = '', ...rest] = text.slice(2, end).split(' ')
  return {
    name,
    properties: propertiesOf(rest.join(' '), ',', PERCENT),
    data: decoded(text.slice(end + 2), PERCENT.slice(0, 3)),
  }
}

/** `##[name key=value;key=value]data`, anywhere in a line. */
function olderCommandIn(line: string): RunnerCommand | undefined {
  const begin = line.indexOf('##[')
  const end = line.indexOf(']', begin)
  if (begin < 0 || end < 0) return undefined
  const [name = '', ...rest] = line.slice(begin + 3, end).split(' ')
  return { name, properties: propertiesOf(rest.join(' '), ';', []), data: line.slice(end + 1) }
}

/** The last is read last: `%2525` is `%25`. */
const PERCENT = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
  ['%3A', ':'],
  ['%2C', ','],
] as const

type Encoding = readonly (readonly [string, string])[]

function propertiesOf(text: string, between: string, encoding: Encoding): Record<string, string> {
  return Object.fromEntries(
    text
      .split(between)
      .filter((pair) => pair.includes('='))
      .map((pair) => {
        const at = pair.indexOf('=')
        return [pair.slice(0, at).trim(), decoded(pair.slice(at + 1), encoding)]
      }),
  )
}

function decoded(text: string, encoding: Encoding): string {
  const toOrdinary = new Map(encoding)
  return text.replace(/%(?:0D|0A|25|3A|2C)/g, (code) => toOrdinary.get(code as '%25') ?? code)
}
