import { describe, expect, test } from '@jest/globals'

import { Directory } from '../directory.ts'

function directory(): Directory {
  const made = new Directory()
  made.addUser({ id: 'A1', userPrincipalName: 'Ada@fabrikam.com' })
  made.addUser({ id: 'b2', userPrincipalName: 'bob@fabrikam.com' })
  made.addGroup({ id: 'G1' }, ['a1', 'b2', 'g2'])
  made.addGroup({ id: 'g2' }, ['b2'])
  return made
}

describe('a directory', () => {
  test('finds a user by id and by name, without case', () => {
    const made = directory()
    expect(made.user('a1')).toBe(made.user('ADA@FABRIKAM.COM'))
    expect(made.user('A1')?.properties['id']).toBe('a1')
    expect(made.user('nobody')).toBeUndefined()
  })

  test('follows a user to a new name', () => {
    const made = directory()
    made.updateUser('ada@fabrikam.com', { userPrincipalName: 'lovelace@fabrikam.com', jobTitle: 'Analyst' })
    expect(made.user('ada@fabrikam.com')).toBeUndefined()
    expect(made.user('lovelace@fabrikam.com')?.properties['jobTitle']).toBe('Analyst')
    expect(() => made.updateUser('ada@fabrikam.com', {})).toThrow('no user ada@fabrikam.com')
  })

  test('takes whoever leaves out of every group', () => {
    const made = directory()
    made.removeUser('bob@fabrikam.com')
    made.removeGroup('g2')
    expect(made.membersOf('g1')).toEqual(['a1'])
    expect(made.userCount).toBe(1)
    expect(made.group('g2')).toBeUndefined()
  })

  test('has managers, who may be taken away', () => {
    const made = directory()
    made.setManager('a1', 'b2')
    expect(made.managerOf('a1')?.id).toBe('b2')
    made.setManager('a1', undefined)
    expect(made.managerOf('a1')).toBeUndefined()
  })
})
