#!/usr/bin/env node
/**
 * Stands in for PowerShell with Microsoft's module: is started as `exchange-cmdlet.ps1` is to be run, reads what
 * that reads, asks Exchange as the module asks, and answers as that answers. It encrypts a secret as the simulator
 * decrypts it. `STAND_IN_PLAYS` names what else it may be made to do, `STAND_IN_RECORDS` a file in which each run
 * leaves a line: its arguments, environment and input. With `STAND_IN_RUNS`, a folder in which each run leaves a file
 * by its number, only the run of the number `STAND_IN_PLAYS_AT` plays.
 */
import { randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Every organization has it; who names it is led to its server. */
const SYSTEM_MAILBOX = 'bb558c35-97f1-4cb9-8ff7-d53741dc928c'

const plays = isItsTurn() ? process.env['STAND_IN_PLAYS'] : undefined
const args = process.argv.slice(2)
const script = args.at(-1) ?? ''
const isOurs = script.endsWith('exchange-cmdlet.ps1')
if (!isOurs || args.join(' ') !== `-NoProfile -NonInteractive -File ${script}`)
  complain(`not to be started with ${JSON.stringify(args)}`)
const allowed = listed('allowed')
const told = listed('told')

// Not even an end that it is asked for.
if (plays === 'hangs') process.on('SIGTERM', () => {})
if (plays === 'hangs' || plays === 'dawdles') setInterval(() => {}, 60_000)
else await main()

async function main() {
  if (plays === 'dies') process.kill(process.pid, 'SIGKILL')
  const input = await text(process.stdin)
  const records = process.env['STAND_IN_RECORDS']
  if (records) appendFileSync(records, `${JSON.stringify({ args, env: process.env, input })}\n`)
  if (plays === 'complains')
    complain(`\u001b[31;1mWrite-Error:\u001b[0m ${inTheOpen(input)} in ${input}\nand a second line`)
  if (plays === 'quotes') return refuse(inTheOpen(input), `It was given ${input}`)
  if (plays === 'module-missing')
    return refuse(
      plays,
      "The specified module 'ExchangeOnlineManagement' was not loaded: no valid module file.",
    )
  if (plays === 'nonsense') return console.log('<html>{"value": 1}</html>\n{"value": 1}\n[]\nnull')

  const request = JSON.parse(input)
  const keys = Object.keys(request).join(' ')
  if (keys !== 'organization tenantId accessToken exchangeUrl cmdlet parameters secure')
    return refuse('bad-request', `not to be asked with ${keys}`)
  if (!allowed.includes(request.cmdlet)) return refuse('bad-request', `${request.cmdlet} is not allowed`)
  const ending = await invoke(request)
  if (plays === 'dies-late') process.kill(process.pid, 'SIGKILL')
  if (plays === 'chatters') process.stdout.write('WARNING: a banner {"value": 1}\n\n')
  if (plays === 'marks') process.stdout.write('\uFEFF')
  answer(ending)
  if (plays === 'chatters') process.stdout.write('\n\n')
}

async function invoke({ organization, tenantId, accessToken, exchangeUrl, cmdlet, parameters, secure }) {
  const secrets = Object.entries(secure).map(([name, secret]) => [name, protect(secret)])
  try {
    const response = await fetch(`${exchangeUrl}/adminapi/beta/${organization}/InvokeCommand`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessToken}`,
        'content-type': 'application/json',
        'x-anchormailbox': `APP:SystemMailbox{${plays === 'elsewhere' ? randomUUID() : SYSTEM_MAILBOX}}@${tenantId}`,
      },
      body: JSON.stringify({
        CmdletInput: {
          CmdletName: cmdlet,
          Parameters: { ...parameters, ...Object.fromEntries(secrets), Confirm: false },
        },
      }),
    })
    const body = await response.text()
    if (response.ok) return { value: JSON.parse(body || '{"value":[]}').value.map(plain) }
    return { error: refusalOf(cmdlet, response.status, body) }
  } catch (error) {
    const { cause, message } = error
    return { error: { code: 'HttpRequestException', message: cause?.message || message } }
  }
}

/** What the script tells of an object. */
function plain(row) {
  const known = told.filter((name) => row[name] !== undefined && row[name] !== null)
  return Object.fromEntries(known.map((name) => [name, String(row[name])]))
}

/** As the module tells it: Exchange's own words where it has any, which come in three shapes. */
function refusalOf(cmdlet, status, body) {
  if (status === 401) return { code: 'Exception', message: 'UnAuthorized' }
  const { details, innererror } = jsonOf(body)?.error ?? {}
  const detail = details?.[0]?.message
  const { Message, TypeName } = jsonOf(detail ?? '') ?? {}
  if (TypeName) return { code: bare(TypeName), message: Message }
  const [, type] = detail?.split('|') ?? []
  if (type) return { code: bare(type), message: detail }
  const inner = innererror?.internalexception
  if (inner?.type) return { code: bare(inner.type), message: inner.message }
  if (status === 403)
    return {
      code: 'CommandNotFoundException',
      message: `The term '${cmdlet}' is not recognized as a name of a cmdlet.`,
    }
  return {
    code: 'HttpRequestException',
    message: `Response status code does not indicate success: ${status}.`,
  }
}

function bare(type) {
  return type.slice(type.lastIndexOf('.') + 1)
}

function jsonOf(body) {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Every secret of a request. */
function inTheOpen(input) {
  const { accessToken, secure } = JSON.parse(input)
  return [accessToken, ...Object.values(secure).map((secret) => secret.password ?? secret)].join('-')
}

/** The simulator's cipher (src/simulator/exchange/secure.ts), which a test holds to be the same. */
function protect(secret) {
  if (typeof secret === 'object') return { UserName: secret.userName, Password: protect(secret.password) }
  return Buffer.from(`encrypted by the module: ${secret}`).toString('base64')
}

function refuse(code, message) {
  answer({ error: { code, message } })
}

function answer(ending) {
  console.log(JSON.stringify(ending))
}

/** The texts of a list in the script: what it allows and tells, this does. */
function listed(name) {
  const [, list = ''] = new RegExp(`^\\$${name} = (.*)$`, 'm').exec(readFileSync(script, 'utf8')) ?? []
  return [...list.matchAll(/'([^']*)'/g)].map(([, each]) => each)
}

/** Two runs at a time never take one number. */
function isItsTurn() {
  const folder = process.env['STAND_IN_RUNS']
  if (!folder) return true
  for (let run = 1; ; run++)
    try {
      writeFileSync(join(folder, String(run)), '', { flag: 'wx' })
      return run === Number(process.env['STAND_IN_PLAYS_AT'])
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
}

function complain(why) {
  console.error(why)
  process.exit(64)
}
