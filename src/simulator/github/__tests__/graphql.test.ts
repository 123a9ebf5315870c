import { beforeEach, describe, expect, test } from '@jest/globals'

import type { World } from '../../world.ts'
import { ask, REPO, worldOf } from './asked.ts'

const QUERY =
  'query($id: ID!) { node(id: $id) { ... on IssueComment { editor { __typename login } lastEditedAt } } }'

const SEED = {
  pulls: [{ number: 7 }],
  issues: [{ number: 3, title: 'Hello' }],
  comments: [
    { on: 7, body: 'first', author: 'ada' },
    { on: 7, body: 'second', author: 'ada', editedBy: 'eve' },
    { on: 3, body: 'third' },
  ],
}

let world: World
beforeEach(() => {
  world = worldOf(SEED)
})

async function nodeId(comment: number): Promise<string> {
  const { body } = await ask(world, 'GET', `${REPO}/issues/comments/${comment}`)
  return (body as { node_id: string }).node_id
}
const editor = (id: unknown, query = QUERY) =>
  ask(world, 'POST', '/github/graphql', { query, variables: { id } })

describe('who edited a comment last', () => {
  test('is nobody, where nobody did', async () => {
    expect(await editor(await nodeId(1001))).toEqual({
      status: 200,
      body: { data: { node: { editor: null, lastEditedAt: null } } },
    })
  })

  test('is a user, with the time in whole seconds', async () => {
    expect((await editor(await nodeId(1002))).body).toEqual({
      data: { node: { editor: { __typename: 'User', login: 'eve' }, lastEditedAt: '2026-11-01T09:30:00Z' } },
    })
  })

  test('is a bot without the `[bot]` that REST gives it', async () => {
    await ask(world, 'PATCH', `${REPO}/issues/comments/1001`, { body: 'changed' })
    expect((await editor(await nodeId(1001))).body).toEqual({
      data: {
        node: {
          editor: { __typename: 'Bot', login: 'github-actions' },
          lastEditedAt: '2026-11-20T21:00:00Z',
        },
      },
    })
    expect(await ask(world, 'GET', `${REPO}/issues/comments/1001`)).toMatchObject({
      body: { created_at: '2026-11-01T09:00:00Z', updated_at: '2026-11-20T21:00:00Z' },
    })
  })

  test('is told over lines and spaces, and under a name, all the same', async () => {
    const query = `query Editor(\n  $id: ID!,\n) {\n  node(id: $id) {\n    ...on IssueComment{editor{__typename,login},lastEditedAt}\n  }\n}`
    expect((await editor(await nodeId(1002), query)).body).toMatchObject({
      data: { node: { editor: { login: 'eve' } } },
    })
  })

  test('of no comment is an error, and no node', async () => {
    expect(await editor('IC_none')).toMatchObject({
      status: 200,
      body: {
        data: { node: null },
        errors: [
          {
            type: 'NOT_FOUND',
            path: ['node'],
            message: "Could not resolve to a node with the global id of 'IC_none'",
          },
        ],
      },
    })
  })

  test('takes the permission to read where the comment stands', async () => {
    world.github.token.permissions = { 'pull-requests': 'read' }
    const onIssue = await nodeIdUnseen(1003)
    expect(await editor(await nodeId(1002))).toMatchObject({ body: { data: { node: { editor: {} } } } })
    expect(await editor(onIssue)).toEqual({
      status: 200,
      body: {
        data: { node: null },
        errors: [{ type: 'FORBIDDEN', path: ['node'], message: 'Resource not accessible by integration' }],
      },
    })
  })
})

/** As somebody who may see it. */
async function nodeIdUnseen(comment: number): Promise<string> {
  const { permissions } = world.github.token
  world.github.token.permissions = { issues: 'read' }
  const id = await nodeId(comment)
  world.github.token.permissions = permissions
  return id
}

test.each([
  ['another query', '{ viewer { email } }'],
  ['other fields', QUERY.replace('lastEditedAt', 'createdAt')],
])('%s is refused with 200 and an error', async (_, query) => {
  const { status, body } = await editor(await nodeId(1002), query)
  expect({ status, body }).toEqual({ status: 200, body: { errors: [expect.anything()] } })
})

test('a query without its variable is refused', async () => {
  expect((await editor(undefined)).body).toEqual({
    errors: [{ message: 'Variable $id of type ID! was provided invalid value' }],
  })
})
