import { expect, test } from '@jest/globals'
import { formatPath } from '../../../profiles/fault.ts'
import type { HttpFrom } from '../../schema.ts'
import { checkHttp } from '../check.ts'

const URL = 'https://hr.fabrikam.com/people'

function faults(from: HttpFrom): string[] {
  const told: string[] = []
  checkHttp(from, ['from', 2], [], (path, message) => told.push(`${formatPath(path)}: ${message}`))
  return told
}

test.each<[string, HttpFrom]>([
  ['people known by their mail address', { http: { url: URL, fields: { mail: 'email' } } }],
  ['people known by an id', { http: { url: `${URL}?a=1`, fields: { id: 'no' } } }],
  [
    'a condition over named fields',
    { http: { url: URL, fields: { mail: 'm', city: 'c' } }, where: 'city == id' },
  ],
])('nothing is wrong with %s', (_, from) => {
  expect(faults(from)).toEqual([])
})

test.each<[string, HttpFrom, string]>([
  [
    'no way to tell people apart',
    { http: { url: URL, fields: { displayName: 'name' } } },
    'from[2].http.fields: expected `id` or `mail` among them: else nobody can be told from others',
  ],
  [
    'a URL that is none',
    { http: { url: 'https://[', fields: { id: 'no' } } },
    'from[2].http.url: this is no URL: expected one like https://host/path',
  ],
  [
    'a password in the URL',
    { http: { url: 'https://me:secret@hr.fabrikam.com/', fields: { id: 'no' } } },
    'from[2].http.url: a URL holds no user and no password: give a token to the step, and its variable to `tokenEnv`',
  ],
  [
    'a condition over fields that are not read',
    { http: { url: URL, fields: { id: 'no' } }, where: 'city == "Paris" && state != id' },
    'from[2].where: this reads city, state, and `fields` does not say where in an item that stands',
  ],
])('is told of: %s', (_, from, message) => {
  expect(faults(from)).toEqual([message])
})
