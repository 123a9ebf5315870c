import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { SCHEMA_NAMES, schemaOf } from '../schemas.ts'

const root = path.join(import.meta.dirname, '../../..')

/** As an editor reads them: without our keywords, and filling in nothing. */
const accepts = (name: (typeof SCHEMA_NAMES)[number], data: unknown) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  return ajv.validate(JSON.parse(JSON.stringify(schemaOf(name))) as object, data)
}

test.each(SCHEMA_NAMES)('schemas/%s.json is what the source says: npm run build', (name) => {
  const written = JSON.parse(readFileSync(path.join(root, `schemas/${name}.json`), 'utf8')) as unknown
  expect(JSON.parse(JSON.stringify(schemaOf(name)))).toEqual(written)
})

describe('in an editor', () => {
  test('the example profiles are right', () => {
    const directory = path.join(root, 'sync-profiles')
    for (const file of readdirSync(directory).filter((name) => /\.ya?ml$/.test(name))) {
      const data: unknown = parse(readFileSync(path.join(directory, file), 'utf8'))
      expect([file, accepts(file === 'tenants.yaml' ? 'tenants' : 'profile', data)]).toEqual([file, true])
    }
  })

  test('a profile is held against the schema of its kind', () => {
    const profile = { name: 'x', kind: 'mail-contacts', from: [{ entra: 'a' }], to: { tenant: 'b' } }
    expect(accepts('profile', profile)).toBe(true)
    expect(accepts('profile', { ...profile, maping: {} })).toBe(false)
    expect(accepts('profile', { ...profile, from: [{ entra: 'a', bindDN: 'x' }] })).toBe(false)
    expect(accepts('profile', { ...profile, kind: 'cross-tenant-sync' })).toBe(false)
    expect(accepts('profile', { ...profile, kind: 'other' })).toBe(false)
    expect(accepts('profile', { name: 'x' })).toBe(false)
  })

  test('so is one that synchronizes two tenants', () => {
    const profile = {
      name: 'x',
      kind: 'cross-tenant-sync',
      from: { tenant: 'a' },
      to: { tenant: 'b' },
      application: 'To B',
      scope: { groups: ['Staff'], where: [{ attribute: 'city', operator: 'IS NOT NULL' }] },
      mapping: { displayName: { expression: '[displayName]' }, userType: { constant: 'Member' } },
    }
    expect(accepts('profile', profile)).toBe(true)
    expect(accepts('profile', { ...profile, scope: { everyone: true } })).toBe(true)
    expect(accepts('profile', { ...profile, scope: { everyone: true, groups: ['Staff'] } })).toBe(false)
    expect(accepts('profile', { ...profile, mapping: { displayName: '[displayName]' } })).toBe(false)
    expect(accepts('profile', { ...profile, adopt: ['unmarked'] })).toBe(false)
    expect(accepts('profile', { ...profile, application: undefined })).toBe(false)
  })

  test('every key of a profile is described', () => {
    const missing: string[] = []
    const walk = (schema: unknown, where: string): void => {
      if (typeof schema !== 'object' || schema === null) return
      for (const [keyword, part] of Object.entries(schema)) {
        if (keyword === 'properties')
          for (const [name, property] of Object.entries(part as Record<string, Record<string, unknown>>)) {
            const told = property['description'] ?? property['$ref'] ?? property['const'] ?? property['then']
            if (told === undefined && Object.keys(property).length > 0) missing.push(`${where}/${name}`)
            walk(property, `${where}/${name}`)
          }
        else walk(part, `${where}/${keyword}`)
      }
    }
    walk(schemaOf('tenants'), '')
    walk(schemaOf('profile'), '')
    expect(missing).toEqual([])
  })
})
