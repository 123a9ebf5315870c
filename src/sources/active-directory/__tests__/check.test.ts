import { describe, expect, test } from '@jest/globals'
import { formatPath } from '../../../profiles/fault.ts'
import type { ActiveDirectoryFrom } from '../../schema.ts'
import { checkActiveDirectory } from '../check.ts'

function faults(changed: Partial<ActiveDirectoryFrom['activeDirectory']>): string[] {
  const found: string[] = []
  const from: ActiveDirectoryFrom = {
    activeDirectory: {
      url: 'ldaps://dc1.corp.fabrikam.com',
      baseDN: 'OU=Staff,DC=corp,DC=fabrikam,DC=com',
      filter: '(&(objectCategory=person)(mail=*))',
      bindDN: 'reader@corp.fabrikam.com',
      passwordEnv: 'AD_PASSWORD',
      ...changed,
    },
    hidden: 'exclude',
    disabled: 'exclude',
  }
  checkActiveDirectory(from, ['from', 0], (path, message) => found.push(`${formatPath(path)} ${message}`))
  return found
}

describe('an Active Directory in a profile', () => {
  test.each([
    [{}],
    [{ url: 'ldap://10.0.0.1:1389' }],
    [{ url: 'ldaps://[::1]' }],
    [{ baseDN: 'OU=Sales\\, EMEA,DC=corp' }],
    [{ baseDN: 'OU=Staff, DC=corp' }],
    [{ baseDN: '2.5.4.11=Staff,DC=corp' }],
    [{ filter: 'mail=*' }],
    [{ filter: '(&(mail=*)(!(userAccountControl:1.2.840.113556.1.4.803:=2))(l=Zürich))' }],
    [{ filter: '(cn=Ada \\28Countess\\29)' }],
  ])('%o is right', (changed) => {
    expect(faults(changed)).toEqual([])
  })

  test.each([
    [{ url: 'ldaps://reader:secret@dc1' }, 'url', 'expected a protocol, a host'],
    [{ url: 'ldaps://dc1:99999' }, 'url', 'expected a protocol, a host'],
    [{ url: 'ldaps://dc1?x' }, 'url', 'expected a protocol, a host'],
    [{ url: 'ldaps://dc1:3269' }, 'url', 'the port of a global catalog'],
    [{ url: 'ldap://dc1:3268' }, 'url', 'the port of a global catalog'],
    [{ baseDN: 'Staff' }, 'baseDN', 'expected a distinguished name'],
    [{ baseDN: 'corp.fabrikam.com' }, 'baseDN', 'expected a distinguished name'],
    [{ baseDN: 'OU=Staff,,DC=corp' }, 'baseDN', 'expected a distinguished name'],
    [{ baseDN: 'OU=Staff,' }, 'baseDN', 'expected a distinguished name'],
    [{ filter: '(mail=*' }, 'filter', 'parentheses are not in pairs'],
    [{ filter: '(&(a=b)(c=d)' }, 'filter', 'parentheses are not in pairs'],
    [{ filter: '(&)' }, 'filter', 'this is no LDAP filter'],
    [{ filter: "department eq 'Sales'" }, 'filter', 'this is no LDAP filter'],
    [{ filter: '(l=Z\\c3\\bcrich)' }, 'filter', 'write the character itself'],
  ])('%o is told at its place', (changed, key, message) => {
    const [fault, ...others] = faults(changed)
    expect(others).toEqual([])
    expect(fault).toContain(`from[0].activeDirectory.${key} `)
    expect(fault).toContain(message)
    expect(fault).not.toContain('secret')
  })

  test('it is signed in to by one name', () => {
    expect(faults({ bindDNEnv: 'AD_NAME' })).toEqual([
      'from[0].activeDirectory expected one of `bindDN` and `bindDNEnv`',
    ])
  })
})
