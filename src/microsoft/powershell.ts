/**
 * PowerShell on this machine: whether it and a module of it are there, and how it runs a script.
 * Source: PowerShell, "about_Pwsh" and "about_PSModulePath".
 */
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, join, resolve } from 'node:path'

export type Variables = Readonly<Record<string, string | undefined>>

/** The environment variable that names PowerShell, by a path or as it is found in PATH. */
const NAMED_BY = 'TENANT_SYNC_PWSH'

const WINDOWS = process.platform === 'win32'

/** What starts without a shell: on Windows programs alone, not the scripts that PATHEXT names besides. */
const ENDINGS = WINDOWS ? ['', '.exe', '.com'] : ['']

/** @returns the path of PowerShell's executable. Looks at files alone. */
export function powerShellOf(env: Variables): string | undefined {
  const name = env[NAMED_BY] || 'pwsh'
  const isPath = basename(name) !== name
  const folders = isPath ? [''] : variable(env, 'PATH').split(delimiter).filter(Boolean)
  return folders
    .flatMap((folder) => ENDINGS.map((ending) => resolve(folder, name + ending)))
    .find((path) => isExecutable(path))
}

/**
 * Looks at files alone, and runs nothing.
 * @returns why no script that needs the module can be run here, as a clause for readers; `undefined` when one
 * can, or when only PowerShell itself could tell.
 */
export function whyWithout(module: string, env: Variables): string | undefined {
  const executable = powerShellOf(env)
  if (executable === undefined)
    return env[NAMED_BY] ? `PowerShell is not found where ${NAMED_BY} says` : 'PowerShell (pwsh) is not found'
  const own = join(dirname(realpathSync(executable)), 'Modules')
  // A wrapper, a snap, a dotnet tool: they know best where their modules are.
  if (!existsSync(own)) return undefined
  return [own, ...moduleFolders(env)].some((folder) => existsSync(join(folder, module)))
    ? undefined
    : `PowerShell's module ${module} is not installed`
}

/** Where modules stand that are not PowerShell's own: of the user, and of everybody. */
function moduleFolders(env: Variables): string[] {
  const named = variable(env, 'PSModulePath').split(delimiter).filter(Boolean)
  if (!WINDOWS) {
    const data = env['XDG_DATA_HOME'] || join(env['HOME'] || homedir(), '.local/share')
    return [...named, join(data, 'powershell/Modules'), '/usr/local/share/powershell/Modules']
  }
  // OneDrive may hold the user's documents.
  const homes = [variable(env, 'USERPROFILE') || homedir(), variable(env, 'OneDrive')].filter(Boolean)
  return [
    ...named,
    ...homes.map((home) => join(home, 'Documents/PowerShell/Modules')),
    join(variable(env, 'ProgramFiles') || 'C:/Program Files', 'PowerShell/Modules'),
  ]
}

/** Windows knows names in any case (`Path`); a copy of its environment no longer does. */
function variable(env: Variables, name: string): string {
  const key = WINDOWS ? Object.keys(env).find((each) => each.toUpperCase() === name.toUpperCase()) : name
  return (key !== undefined && env[key]) || ''
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** How long a script is waited for, in milliseconds. */
export interface Patience {
  /** Then it is asked to end. */
  readonly answer: number
  /** Then, after that, it is made to. */
  readonly end: number
}

export interface Ended {
  readonly stdout: string
  readonly stderr: string
  /** How the process ended, e.g. `ended with code 1`. */
  readonly how: string
}

/**
 * Runs a script without a shell, its input by standard input.
 * @throws the system's error when PowerShell cannot be started.
 */
export function runScript(
  executable: string,
  script: string,
  { input, env, patience }: { input: string; env: Variables; patience: Patience },
): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(executable, ['-NoProfile', '-NonInteractive', '-File', script], {
      env,
      windowsHide: true,
    })
    let [stdout, stderr, late] = ['', '', false]
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const asked = setTimeout(() => {
      late = true
      child.kill()
    }, patience.answer)
    const made = setTimeout(() => {
      child.kill('SIGKILL')
      // Whom it started may still hold them open.
      child.stdout.destroy()
      child.stderr.destroy()
    }, patience.answer + patience.end)
    const over = () => {
      clearTimeout(asked)
      clearTimeout(made)
    }
    child.once('error', (error) => {
      over()
      fail(error)
    })
    child.once('close', (code, signal) => {
      over()
      const how = late
        ? `did not end in ${patience.answer / 1000} seconds`
        : signal
          ? `was ended by ${signal}`
          : `ended with code ${code}`
      done({ stdout, stderr, how })
    })
    // One that ends before it has read everything tells so by how it ends.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
