/** What goes wrong between tenant-sync and a domain controller, and what is said of it. */
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from '@jest/globals'
import { activeDirectorySource } from '../../src/sources/active-directory/active-directory.ts'
import { connect } from '../../src/sources/active-directory/connection.ts'
import { parseFilter } from '../../src/sources/active-directory/filter.ts'
import { pages } from '../../src/sources/active-directory/search.ts'
import { signIn } from '../../src/sources/active-directory/sign-in.ts'
import type { SourceRead } from '../../src/sources/source.ts'
import { certificates, type Subject } from './certificates.ts'
import { STAFF } from './directory.ts'
import { scriptedServer, type Script, type ScriptedServer } from './scripted-server.ts'
import { around, errorOf, from } from './surroundings.ts'

let server: ScriptedServer | undefined
afterEach(() => server?.close())

async function started(script: Script, subject: Subject = { ip: '127.0.0.1' }) {
  const { authority, server: certificate } = await certificates(subject)
  server = await scriptedServer({ certificate, ...script })
  const url = `${script.startTls ? 'ldap' : 'ldaps'}://127.0.0.1:${server.port}`
  return { server, url, authority: authority.cert }
}

async function read(
  script: Script,
  subject?: Subject,
  secrets?: Record<string, string>,
): Promise<SourceRead> {
  const { url, authority } = await started(script, subject)
  const source = activeDirectorySource(from({ url }), ['from', 0], around(authority, secrets))
  return source.read(new Set(['mail']))
}

describe('the way to a domain controller', () => {
  test('nothing is said to a server without StartTLS, least of all a password', async () => {
    const plain = await scriptedServer({ startTls: [2, 'no such extension'] })
    server = plain
    const source = activeDirectorySource(
      from({ url: `ldap://127.0.0.1:${plain.port}` }),
      ['from', 0],
      around((await certificates({})).authority.cert),
    )
    const error = await errorOf(source.read(new Set()))
    expect(error.code).toBe('active-directory-no-starttls')
    expect(error.advice).toContain('use ldaps://')
    expect(plain.asked).toEqual(['extended'])
  })

  test('a server that agrees to StartTLS and then speaks no TLS is given up', async () => {
    server = await scriptedServer({ startTls: [0, ''] })
    const error = await errorOf(connect({ url: `ldap://127.0.0.1:${server.port}` }, 500))
    expect(error.code).toBe('active-directory-unreachable')
    expect(server.asked).not.toContain('bind')
  })

  test('what comes in the clear behind the answer to StartTLS has no effect', async () => {
    const clear: Script = { startTls: [0, ''], injected: true }
    const { people } = await read({ ...clear, pages: [{ mails: ['a@contoso.test'] }] })
    expect(people.map(({ person }) => person.mail)).toEqual(['a@contoso.test'])
    await server!.close()
    const error = await errorOf(read({ ...clear, bind: [49, 'data 52e'] }))
    expect(error.code).toBe('active-directory-bind-refused')
  })

  test('a certificate for another name', async () => {
    const error = await errorOf(read({}, { name: 'dc2.contoso.test' }))
    expect(error.code).toBe('active-directory-certificate-name')
    expect(error.advice).toContain('but for dc2.contoso.test. Write the name that it is for into url')
  })

  test('a certificate that has expired', async () => {
    const error = await errorOf(read({}, { ip: '127.0.0.1', notAfter: new Date('2020-01-01') }))
    expect(error.code).toBe('active-directory-certificate-expired')
  })

  test('nobody listens', async () => {
    const gone = await scriptedServer({})
    await gone.close()
    const error = await errorOf(connect({ url: `ldaps://127.0.0.1:${gone.port}` }))
    expect(error.code).toBe('active-directory-unreachable')
    expect(error.message).toContain('ECONNREFUSED')
  })

  test('a file that holds no certificate', async () => {
    const source = activeDirectorySource(from({ url: 'ldaps://127.0.0.1' }), ['from', 0], around('no PEM'))
    const error = await errorOf(source.read(new Set()))
    expect(error.code).toBe('active-directory-ca-file')
    expect(error.advice).toContain('contoso.pem')
  })

  test.each([
    ['525', 'there is no such account'],
    ['532', 'has expired'],
    ['773', 'must be changed'],
    ['57', 'LDAP result 49, data 57'],
  ])('a sign-in refused with data %s', async (data, reason) => {
    const text = `80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${data}, v4563`
    const error = await errorOf(read({ bind: [49, text] }))
    expect(error.code).toBe('active-directory-bind-refused')
    expect(error.advice).toContain(reason)
  })
})

test('without a password nobody is asked to let the account in: it would be let in as nobody', async () => {
  const error = await errorOf(read({}, undefined, { AD_PASSWORD: '' }))
  expect(error.code).toBe('active-directory-empty-password')
  expect(server!.asked).not.toContain('bind')
})

describe('a search', () => {
  test.each([
    ['nothing', []],
    ['only some of it', ['mail']],
  ])('of a schema of which the account sees %s is no search of it', async (_, schema) => {
    const error = await errorOf(read({ schema, pages: [{ mails: ['a@contoso.test'] }] }))
    expect(error.code).toBe('active-directory-schema-unreadable')
  })

  test('a page without people is not the last one while there is more', async () => {
    const { people } = await read({
      pages: [{ mails: ['a@contoso.test'], more: true }, { more: true }, { mails: ['bb@contoso.test'] }],
    })
    expect(people.map(({ person }) => person.mail)).toEqual(['a@contoso.test', 'bb@contoso.test'])
  })

  test('a search that never ends is given up', async () => {
    const error = await errorOf(read({ pages: Array.from({ length: 200 }, () => ({ more: true })) }))
    expect(error.code).toBe('active-directory-limit-exceeded')
  })

  test.each<[string, Script]>([
    ['LDAPS', {}],
    ['StartTLS', { startTls: [0, ''] }],
  ])('a connection lost between pages is made anew once, encrypted and signed in: %s', async (_, script) => {
    const cut = [{ mails: ['a@contoso.test'], more: true }, 'cut'] as const
    const { people } = await read({ ...script, pages: [...cut, { mails: ['bb@contoso.test'] }] })
    expect(people.map(({ person }) => person.mail)).toEqual(['bb@contoso.test'])
    // The schema takes two searches.
    const first = ['bind', 'search', 'search', 'search', 'search']
    expect(server!.asked.filter((one) => one !== 'extended')).toEqual([
      ...first,
      'bind',
      'search',
      'search',
      'search',
    ])
    expect(server!.connections()).toBe(2)
  })

  test('and fails when it is lost again', async () => {
    const error = await errorOf(read({ pages: [{ mails: ['a@contoso.test'], more: true }] }))
    expect(error.code).toBe('active-directory-connection-lost')
    expect(server!.connections()).toBe(2)
  })

  test('a line that is cut while nothing is asked is noticed with the next page, and stays cut', async () => {
    const { server, url, authority } = await started({ pages: [{ mails: ['a@contoso.test'], more: true }] })
    const connection = await connect({ url, authorities: [authority] })
    await signIn(connection, 'reader@contoso.test', 'secret')
    const reading = pages(connection, {
      baseDN: STAFF,
      filter: parseFilter('(mail=*)'),
      attributes: ['mail'],
    })
    await reading.next()
    server.hangUp()
    while (connection.client.isConnected) await delay(5)
    expect((await errorOf(reading.next())).code).toBe('active-directory-connection-lost')
    expect([server.asked, server.connections()]).toEqual([['bind', 'search'], 1])
  })

  test.each([
    [3, 'active-directory-limit-exceeded'],
    [4, 'active-directory-limit-exceeded'],
    [11, 'active-directory-limit-exceeded'],
    [10, 'active-directory-other-domain'],
    [32, 'active-directory-base-not-found'],
    [50, 'active-directory-access-denied'],
    [1, 'active-directory-search-failed'],
  ])('result %i of a later page fails the source: %s', async (result, code) => {
    const error = await errorOf(
      read({
        pages: [{ mails: ['a@contoso.test'], more: true }, { result: [result, 'CN=Ada is in the way'] }],
      }),
    )
    expect(error.code).toBe(code)
    expect(error.advice).not.toContain('Ada')
  })

  test('another domain below the base is told, and not followed', async () => {
    const { people, warnings } = await read({
      pages: [
        {
          mails: ['a@contoso.test'],
          references: [
            'ldap://DomainDnsZones.contoso.test/DC=DomainDnsZones,DC=contoso,DC=test',
            'ldap://contoso.test/CN=Configuration,DC=contoso,DC=test',
            'ldap://child.contoso.test/DC=child,DC=contoso,DC=test',
          ],
        },
      ],
    })
    expect(people).toHaveLength(1)
    expect(warnings).toEqual([
      expect.objectContaining({
        code: 'active-directory-referral',
        message: expect.stringContaining('DC=child,DC=contoso,DC=test (child.contoso.test)'),
      }),
    ])
  })
})
