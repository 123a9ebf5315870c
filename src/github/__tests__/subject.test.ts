import { describe, expect, test } from '@jest/globals'
import { jobIdentity, subjectsFor } from '../subject.ts'

const token = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`
const REPOSITORY = { repository: 'contoso/people', repository_id: '812', repository_owner_id: '684' }
const of = (sub: string, more: object = {}) => jobIdentity(token({ sub, ...REPOSITORY, ...more }))

describe('who a job is', () => {
  test.each([
    ['repo:contoso/people:pull_request', 'classic', 'pull_request'],
    ['repo:contoso/people:environment:live', 'classic', 'environment'],
    ['repo:contoso/people:ref:refs/heads/main', 'classic', 'ref'],
    ['repo:contoso/people:ref:refs/heads/pull_request', 'classic', 'ref'],
    ['repo:contoso@684/people@812:pull_request', 'immutable', 'pull_request'],
    [
      'repo:contoso/people:pull_request:job_workflow_ref:contoso/people/.github/x.yml@main',
      'customized',
      'pull_request',
    ],
    ['repository_owner:contoso:environment:live', 'customized', 'environment'],
    ['repo:Contoso/people:pull_request', 'customized', 'pull_request'],
    ['job_workflow_ref:contoso/people/.github/x.yml@main', 'customized', 'other'],
  ])('%s: %s, %s', (subject, form, context) => {
    expect(of(subject)).toMatchObject({ subject, form, context })
  })

  test('is told without a repository whose claims are missing: it is to be filled in', () => {
    const known = jobIdentity(
      token({ sub: 'repo:contoso/people:pull_request', repository: 'contoso/people' }),
    )
    expect(known?.repository).toEqual({ classic: 'contoso/people', immutable: 'OWNER@OWNER_ID/REPO@REPO_ID' })
    expect(jobIdentity(token({ sub: 'repo:contoso/people:pull_request' }))?.repository.classic).toBe(
      'OWNER/REPO',
    )
  })

  test('is told from what started it, too', () => {
    const event = { event_name: 'pull_request', environment: 'plans' }
    expect(of('repo:contoso/people:environment:plans', event)).toMatchObject({
      context: 'environment',
      environment: 'plans',
      onPullRequest: true,
    })
  })

  test('comes with the issuer that signed the token', () => {
    const issuer = 'https://github.contoso.com/_services/token'
    expect(of('repo:contoso/people:pull_request', { iss: issuer })).toMatchObject({ issuer })
  })

  test.each(['', 'opaque', token({}), token([])])('is not known of a token that names nobody: %j', (text) => {
    expect(jobIdentity(text)).toBeUndefined()
  })
})

describe('the subject that a job has', () => {
  test('in an environment: a colon in its name is encoded', () => {
    expect(subjectsFor('environment', 'live:eu', of('x')!.repository)).toEqual({
      classic: 'repo:contoso/people:environment:live%3Aeu',
      immutable: 'repo:contoso@684/people@812:environment:live%3Aeu',
    })
  })

  test('of a repository that is not known: to be filled in', () => {
    expect(subjectsFor('pull_request', '').classic).toBe('repo:OWNER/REPO:pull_request')
  })
})
