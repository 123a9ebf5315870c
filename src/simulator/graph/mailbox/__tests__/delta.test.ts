import { describe, expect, test } from '@jest/globals'

import type { Behaviour } from '../../../seed.ts'
import { IMMUTABLE, mailboxPractice, refusal } from './practice.ts'

/** Follows a folder's changes. */
function following(behaviour: Partial<Behaviour> = {}) {
  const practice = mailboxPractice(behaviour)
  const { ask, mailbox } = practice
  const start = '/v1.0/users/ada@fabrikam.com/contactFolders/contacts/contacts/delta?$select=displayName'

  async function round(link: string = start, prefer = '') {
    const headers = { prefer: `${IMMUTABLE.prefer}${prefer}` }
    const sizes: number[] = []
    const items: any[] = []
    for (let next = link; ;) {
      const { body } = await ask(next, { headers })
      sizes.push(body.value.length)
      items.push(...body.value)
      if (!body['@odata.nextLink']) return { items, sizes, link: body['@odata.deltaLink'] as string }
      next = body['@odata.nextLink']
    }
  }
  return { ...practice, round, mother: mailbox.contactNamed('Her Mother')! }
}

const told = (items: any[]) => items.map((item) => item.displayName ?? item['@removed'].reason)

describe('the delta of a folder', () => {
  test('begins with all that is in it, and goes on with what changed', async () => {
    const { round, mailbox, mother } = following()
    const first = await round()
    expect(told(first.items)).toEqual(['Her Mother'])
    expect(Object.keys(first.items[0])).toEqual(['@odata.etag', 'id', 'displayName'])
    expect((await round(first.link)).items).toEqual([])

    const grace = mailbox.addContact({ displayName: 'Grace' })
    mailbox.updateContact(mother, { displayName: 'Mother' })
    const second = await round(first.link)
    expect(told(second.items)).toEqual(['Grace', 'Mother'])

    mailbox.removeContact(grace)
    mailbox.moveContact(mother, mailbox.folderNamed('Colleagues')!)
    const third = await round(second.link)
    expect(third.items).toEqual([
      { id: grace.id, '@removed': { reason: 'deleted' } },
      { id: mother.id, '@removed': { reason: 'deleted' } },
    ])
    // An older link tells the same again, and nothing is lost.
    expect((await round(second.link)).items).toEqual(third.items)
  })

  test('does not tell who just begins of what was removed before', async () => {
    const { round, mailbox, mother } = following()
    mailbox.removeContact(mother)
    const { items, link } = await round()
    expect(items).toEqual([])
    expect((await round(link)).items).toEqual([])
  })

  test('comes in pages of the size preferred, and none above 200', async () => {
    const { round, mailbox } = following()
    for (let index = 0; index < 449; index++) mailbox.addContact({ displayName: `Person ${index}` })
    expect((await round(undefined, ', odata.maxpagesize=150')).sizes).toEqual([150, 150, 150])
    expect((await round(undefined, ', odata.maxpagesize=999')).sizes).toEqual([200, 200, 50])
    expect((await round()).sizes).toHaveLength(45)
  })

  test('may begin with an empty page, and may tell the last thing again', async () => {
    const { round, mailbox } = following({ deltaEmptyPages: true, deltaReplays: true })
    const first = await round()
    expect([first.sizes, told(first.items)]).toEqual([[0, 1], ['Her Mother']])
    mailbox.addContact({ displayName: 'Grace' })
    expect(told((await round(first.link)).items)).toEqual(['Her Mother', 'Grace'])
  })

  test('expires: then it says where to begin anew', async () => {
    const { round, ask, tenant } = following()
    const { link } = await round()
    tenant.mailboxes.deltaGeneration += 1
    const reply = await ask(link)
    expect(refusal(reply)).toEqual([410, 'SyncStateNotFound'])
    expect(told((await round(reply.headers['location'])).items)).toEqual(['Her Mother'])
  })

  test.each(['$filter=displayName eq %27x%27', '$expand=photo', '$top=5', '$orderby=displayName'])(
    'takes no %s',
    async (option) => {
      const { get } = following()
      expect(refusal(await get(`/contacts/delta?${option}`))).toEqual([400, 'ErrorInvalidUrlQuery'])
    },
  )

  test('takes the tokens of its own folder alone', async () => {
    const { round, get, mailbox } = following()
    const token = new URL((await round()).link).searchParams.get('$deltatoken')!
    const other = `/contactFolders/${mailbox.folderNamed('Colleagues')!.id}/contacts/delta?$deltatoken=`
    for (const each of [token, 'nonsense'])
      expect(refusal(await get(`${other}${each}`))).toEqual([400, 'ErrorInvalidSyncStateData'])
    expect((await get(`/contacts/delta?$deltatoken=${token}`)).status).toBe(200)
  })
})

test('the delta of the folders tells of new, renamed and removed ones', async () => {
  const { get, ask, mailbox } = mailboxPractice()
  const first = await get('/contactFolders/delta?$select=displayName')
  expect(told(first.body.value)).toEqual(['Colleagues', "O'Neill & Sons"])
  const [colleagues, sons] = mailbox.folders
  mailbox.removeFolder(colleagues!)
  mailbox.renameFolder(sons!, 'Sons')
  mailbox.addFolder('New')
  const second = await ask(first.body['@odata.deltaLink'])
  expect(told(second.body.value)).toEqual(['deleted', 'Sons', 'New'])
})
