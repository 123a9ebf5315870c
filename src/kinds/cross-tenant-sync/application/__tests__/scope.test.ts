/** Who is meant by an address that several users hold: Exchange lets nobody, the directory alone may. */
import { expect, test } from '@jest/globals'
import type { GraphReader } from '../../../../microsoft/graph.ts'
import { findUsers } from '../scope.ts'

const DESK = 'desk@fabrikam.com'
const user = (id: string, mail: string) => ({
  id,
  displayName: id,
  userPrincipalName: `${id}@fabrikam.com`,
  mail,
})

/** A directory that knows nobody by name, and these by the address. */
const holding = (users: readonly object[]) =>
  ({
    findEach: (_path: string, names: readonly string[]) => Promise.resolve(names.map(() => undefined)),
    async *pages() {
      yield await Promise.resolve(users)
    },
  }) as unknown as GraphReader

test('of several who hold it, nobody', async () => {
  expect(await findUsers(holding([user('one', DESK), user('two', DESK)]), [DESK])).toMatchObject({
    missing: [DESK],
  })
})

test('the one who shows it, before those who have it besides', async () => {
  const { found } = await findUsers(
    holding([user('one', 'one@fabrikam.com'), user('two', 'DESK@fabrikam.com')]),
    [DESK],
  )
  expect(found.get(DESK)?.id).toBe('two')
})

test('the only one who has it besides', async () => {
  const { found } = await findUsers(holding([user('one', 'one@fabrikam.com')]), [DESK])
  expect(found.get(DESK)?.id).toBe('one')
})
