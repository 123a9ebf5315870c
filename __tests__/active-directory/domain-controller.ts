/**
 * A real Active Directory domain controller for tests: Samba's, made anew on a loopback address of its
 * own, so that several may run at a time. It ends when the tests do, whatever becomes of them: it
 * watches its standard input.
 */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe } from '@jest/globals'
import { certificates } from './certificates.ts'
import { directory, exchangeSchema } from './directory.ts'

const run = promisify(execFile)

export interface DomainController {
  /** Its loopback address, for which its certificate is. */
  readonly host: string
  /** The authority that signed its certificate, as PEM. */
  readonly authority: string
  /** What Samba's own tools print of entries, by attribute; e.g. `objectGUID`. */
  printed(filter: string, attribute: string): Promise<string[]>
  stop(): Promise<void>
}

/**
 * Tests that need a domain controller. Without Samba they are skipped, with a loud line; where
 * TENANT_SYNC_REQUIRE_SAMBA is set, as in CI, they fail.
 */
export const describeWithSamba = isInstalled() ? describe : withoutSamba()

/** Seconds after which it ends by itself. */
const LONGEST_RUN = 900

/** It takes about 20 seconds, most of them for 2,500 people. */
export async function startDomainController(): Promise<DomainController> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tenant-sync-samba-'))
  try {
    return await startIn(folder)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function startIn(folder: string): Promise<DomainController> {
  const host = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`
  const database = path.join(folder, 'private/sam.ldb')
  const load = async (ldif: string, ...options: string[]) => {
    const file = path.join(folder, 'load.ldif')
    await writeFile(file, ldif)
    await run('ldbmodify', ['-H', database, ...options, file])
  }

  await provision(folder, host)
  for (const ldif of exchangeSchema()) await load(ldif, '--option=dsdb:schema update allowed=true')
  await load(directory())
  const { authority, server } = await certificates({ ip: host })
  await writeFile(path.join(folder, 'cert.pem'), server.cert)
  await writeFile(path.join(folder, 'key.pem'), server.key, { mode: 0o600 })
  const stop = await serve(folder, host)
  return {
    host,
    authority: authority.cert,
    async printed(filter, attribute) {
      const { stdout } = await run('ldbsearch', ['-H', database, filter, attribute])
      const lines = stdout.matchAll(new RegExp(`^${attribute}: (.*)$`, 'gm'))
      return [...lines].map(([, value]) => value!)
    },
    stop: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function provision(folder: string, host: string): Promise<void> {
  const configuration = path.join(folder, 'empty.conf')
  await writeFile(configuration, '[global]\n')
  await run('samba-tool', [
    'domain',
    'provision',
    `--configfile=${configuration}`,
    `--targetdir=${folder}`,
    '--realm=CONTOSO.TEST',
    '--domain=CONTOSO',
    '--server-role=dc',
    '--dns-backend=NONE',
    '--host-name=dc1',
    `--host-ip=${host}`,
    '--adminpass=Adm1n!strator',
    ...loopback(host),
  ])
}

/** @returns how to end it. */
async function serve(folder: string, host: string): Promise<() => Promise<void>> {
  const samba = spawn(
    'samba',
    [
      '-i',
      '--model=single',
      `--configfile=${folder}/etc/smb.conf`,
      `--maximum-runtime=${LONGEST_RUN}`,
      '--option=server services=ldap',
      `--option=tls keyfile=${folder}/key.pem`,
      `--option=tls certfile=${folder}/cert.pem`,
      '--option=tls cafile=',
      `--option=pid directory=${folder}`,
      `--option=ncalrpc dir=${folder}/ncalrpc`,
      `--option=ntp signd socket directory=${folder}/ntp`,
      `--option=winbindd socket directory=${folder}/winbind`,
      ...loopback(host),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [samba.stdout, samba.stderr]) stream.on('data', (text) => (said += String(text)))
  const ended = new Promise<void>((resolve) => {
    samba.once('exit', () => resolve())
  })
  for (let tries = 0; !(await listens(host, 636)); tries++) {
    if (samba.exitCode !== null || tries === 300) {
      samba.kill('SIGKILL')
      throw new Error(`Samba did not start:\n${said}`)
    }
    await wait(100)
  }
  return async () => {
    samba.stdin.end()
    samba.kill('SIGTERM')
    await ended
  }
}

function loopback(host: string): string[] {
  return [`--option=interfaces=${host}/8`, '--option=bind interfaces only=yes', '--option=log level=1']
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function withoutSamba(): typeof describe | typeof describe.skip {
  if (process.env['TENANT_SYNC_REQUIRE_SAMBA']) return describe
  process.stderr.write(
    '\n!!! SKIPPED: the tests against an Active Directory domain controller, for want of Samba: scripts/install-samba.sh installs it !!!\n\n',
  )
  return describe.skip
}

function isInstalled(): boolean {
  try {
    for (const program of ['samba', 'samba-tool', 'ldbmodify', 'ldbsearch'])
      execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
