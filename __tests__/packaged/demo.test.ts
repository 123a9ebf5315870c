/** The demo as a newcomer runs it: the example profiles against two tenants on this machine. */
import { beforeAll, expect, test } from '@jest/globals'
import { CLI, run, type Ended } from './program.ts'

let ended: Ended
beforeAll(async () => {
  ended = await run(CLI, ['demo'], { env: {} })
}, 60_000)

const holdings = (stdout: string) =>
  [...stdout.matchAll(/^ {2}(\w+): (\d+) users, (\d+) of them synchronized from another tenant/gm)].map(
    ([, tenant, users, arrived]) => [tenant, Number(users), Number(arrived)],
  )

test('shows people arriving, and leaves nothing to do', () => {
  const { code, stdout, stderr } = ended
  expect([code, stderr.match(/error/gi)]).toEqual([0, null])
  expect(holdings(stdout)).toEqual([
    ['fabrikam', 250, 0],
    ['contoso', 250, 0],
    ['fabrikam', 260, 10],
    ['contoso', 250, 0],
  ])
  expect(stdout).toMatch(/arrived: .*Ana Novák \(Contoso\)/)
  expect(stdout).toMatch(/provisioning ok: Ana Novák <ana\.novak@contoso\.com>: Success/)
  const [, , last = ''] = stdout.split('$ node dist/cli.js plan')
  expect(last).toContain('Plan: nothing to do\n')
  expect(last.match(/ {2}no changes$/gm)).toHaveLength(4)
  expect(last).toMatch(/cycle ok: .* 0 failed/s)
  expect(last).not.toMatch(/(error|warning): /)
})

test('shows no person in the comment but by initials', () => {
  const { stdout } = ended
  const comment = stdout.slice(stdout.indexOf('<!-- tenant-sync:plan'), stdout.indexOf('<sub>digest'))
  expect(comment).toContain('contoso-lawyers-in-fabrikam')
  expect(comment).not.toMatch(/Ana|Novák|novak@/)
})
