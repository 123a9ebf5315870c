/** The entry at a terminal. */
import { Command, InvalidArgumentError, Option } from 'commander'
import { apply } from './commands/apply.ts'
import { processConsole, type Console } from './commands/console.ts'
import { demo } from './commands/demo/demo.ts'
import { doctor } from './commands/doctor/doctor.ts'
import { ERROR_EXIT_CODE } from './commands/exit-code.ts'
import { explain } from './commands/explain.ts'
import { faultsText } from './commands/faults-text.ts'
import { plan } from './commands/plan.ts'
import { ProfileFaults, type RunOptions } from './commands/run.ts'
import { schema } from './commands/schema.ts'
import { simulate } from './commands/simulate.ts'
import { validate } from './commands/validate.ts'
import { noticeOf } from './engine/notice.ts'
import { shardOf, type Shard } from './engine/shard.ts'
import { actionsIdToken } from './github/id-token.ts'
import { DETAILS, type Detail } from './report/detail.ts'
import { terminalText } from './report/inert.ts'
import { VERSION } from './version.ts'

interface Options {
  readonly profiles?: string[]
  readonly only?: string[]
  readonly shard?: Shard
  readonly out?: string
  readonly report?: string
  readonly detail: Detail
  readonly json?: boolean
  readonly journal: string
  readonly yes?: boolean
  readonly acceptDigest?: string
  readonly concurrency?: number
  readonly detailedExitcode?: boolean
}

const { env } = process
const inWorkflow = env['GITHUB_ACTIONS'] === 'true'

function runOptions({ profiles, only, shard, concurrency }: Options): RunOptions {
  return {
    root: process.cwd(),
    env,
    inWorkflow,
    idToken: actionsIdToken,
    ...(profiles && { globs: profiles }),
    ...(only && { only }),
    ...(shard && { shard }),
    ...(concurrency !== undefined && { concurrency }),
  }
}

function program(console: Console): Command {
  const root = new Command('tenant-sync')
    .description(
      'Keeps people in step across Microsoft 365 tenants: sync profiles in git, a plan to review, an apply to trust.',
    )
    .version(VERSION)
    .showHelpAfterError()
    .configureOutput({ writeErr: (text) => console.err(text.trimEnd()) })
  const profiles = () =>
    new Option(
      '--profiles <glob...>',
      'where the profiles stand (default: sync-profiles/**/*.yaml and *.yml)',
    )
  const only = () => new Option('--only <name...>', 'these profiles alone')
  const json = () => new Option('--json', 'print data instead of text')
  const shard = () =>
    new Option('--shard <part>', 'this part of the mailboxes, e.g. 2/8').argParser(parseShard)
  const concurrency = () =>
    new Option('--concurrency <count>', 'requests under way at a time, per tenant').argParser(parseCount)
  const detail = () =>
    new Option('--detail <detail>', 'how much about people is shown')
      .choices(DETAILS)
      .default(inWorkflow ? 'masked' : 'full')
  const shown = (command: Command) =>
    command
      .addOption(profiles())
      .addOption(only())
      .addOption(shard())
      .addOption(concurrency())
      .option('--out <plan.json>', 'write the plan as data')
      .option('--report <report.html>', 'write the plan as a page')
      .addOption(detail())
      .addOption(json())

  root
    .command('validate')
    .description('check the profiles, signing in nowhere')
    .addOption(profiles())
    .addOption(only())
    .addOption(json())
    .action(
      exit((options: Options) => validate(runOptions(options), console, { json: options.json === true })),
    )

  shown(root.command('plan').description('show what an apply would do, and write nothing'))
    .option('--detailed-exitcode', 'exit with 2 when there are changes')
    .action(
      exit((options: Options) =>
        plan(runOptions(options), console, {
          ...shows(options),
          detailedExitcode: options.detailedExitcode === true,
        }),
      ),
    )

  shown(root.command('apply').description('plan afresh, ask, and write'))
    .option('--yes', 'do not ask; objects that do not bear the mark of a profile are then not deleted')
    .option('--accept-digest <digest>', 'apply if the fresh plan has just this digest')
    .option('--journal <file>', 'where each write is noted before and after', 'journal.ndjson')
    .action(
      exit((options: Options) =>
        apply(runOptions(options), console, {
          ...shows(options),
          yes: options.yes === true,
          journal: options.journal,
          ...(options.acceptDigest !== undefined && { acceptDigest: options.acceptDigest }),
        }),
      ),
    )

  root
    .command('explain')
    .description(
      'for one person: which profiles include them, why or why not, and what stands in each target',
    )
    .argument('<address>', 'any of their addresses, or their object id')
    .addOption(profiles())
    .addOption(only())
    .addOption(concurrency())
    .addOption(detail())
    .addOption(json())
    .action(async (address: string, options: Options) => {
      const show = { detail: options.detail, json: options.json === true }
      process.exitCode = await explain(runOptions(options), address, console, show)
    })

  root
    .command('doctor')
    .description('what the apps may do in each tenant, held against what the profiles need')
    .addOption(profiles())
    .addOption(only())
    .addOption(json())
    .action(exit((options: Options) => doctor(runOptions(options), console, { json: options.json === true })))

  root
    .command('demo')
    .description('two fictional tenants on a simulator of this machine: plan, apply, plan again')
    .action(exit(() => demo(console)))

  root
    .command('simulate')
    .description('run the simulator, to practise on')
    .requiredOption('--seed <file>', 'the tenants to begin with, as YAML')
    .option('--port <number>', 'where it listens', parseCount, 8443)
    .action(exit(({ seed, port }: { seed: string; port: number }) => simulate({ seed, port }, console)))

  root
    .command('schema')
    .description('print a JSON Schema, for editors')
    .argument('[name]', 'profile, tenants, plan or journal', 'profile')
    .action((name: string) => {
      process.exitCode = schema(name, console)
    })
  return root
}

function shows({ detail, json, out, report }: Options) {
  return {
    detail,
    json: json === true,
    ...(out !== undefined && { out }),
    ...(report !== undefined && { report }),
  }
}

function exit<Given>(run: (given: Given) => Promise<number>): (given: Given) => Promise<void> {
  return async (given) => {
    process.exitCode = await run(given)
  }
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.')
  return Number(text)
}

function parseShard(text: string): Shard {
  const shard = shardOf(text)
  if (!shard) throw new InvalidArgumentError('It must be a part of a whole, like 2/8.')
  return shard
}

const terminal = processConsole()
try {
  await program(terminal).parseAsync()
} catch (error) {
  terminal.err(error instanceof ProfileFaults ? faultsText(error) : terminalText(noticeOf(error).message))
  process.exitCode = ERROR_EXIT_CODE
}
