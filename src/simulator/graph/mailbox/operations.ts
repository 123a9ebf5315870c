import type { Answer } from '../../service.ts'
import type { Route } from '../route.ts'
import type { Asked } from './asked.ts'
import {
  countContacts,
  createContact,
  deleteContact,
  getContact,
  listContacts,
  updateContact,
} from './contacts.ts'
import type { Where } from './contacts.ts'
import { contactsDelta, foldersDelta } from './delta.ts'
import {
  createFolder,
  deleteFolder,
  folderAsked,
  getFolder,
  listFolders,
  ownContacts,
  updateFolder,
} from './folders.ts'
import {
  getContactPhoto,
  getContactPicture,
  getSizedPicture,
  getUserPhoto,
  getUserPicture,
  putContactPicture,
} from './photos.ts'

type Operation = (asked: Asked) => Answer
type Methods = Readonly<Record<string, Operation>>

const FOLDER = '/users/{id}/contactFolders/{id}'

/** By path and method; `COUNT` is a GET of its `$count`. */
const OPERATIONS: Readonly<Record<string, Methods>> = {
  ...contactPaths('/users/{id}/contacts', ownContacts, undefined),
  ...contactPaths(`${FOLDER}/contacts`, folderAsked, folderAsked),
  '/users/{id}/contactFolders': folders(ownContacts),
  '/users/{id}/contactFolders/delta': { GET: foldersDelta },
  [FOLDER]: { GET: getFolder, PATCH: updateFolder, DELETE: deleteFolder },
  [`${FOLDER}/childFolders`]: folders(folderAsked),
  '/users/{id}/photo': { GET: getUserPhoto },
  '/users/{id}/photo/$value': { GET: getUserPicture },
  '/users/{id}/photos/{id}/$value': { GET: getSizedPicture },
}

/** Is it Outlook that answers here, and not the directory? */
export function isOfMailbox(template: string): boolean {
  return template in OPERATIONS
}

/** @throws GraphRefused */
export function answerMailbox({ template, count }: Route, asked: Asked): Answer {
  const operation = OPERATIONS[template]?.[count ? 'COUNT' : asked.request.method]
  if (!operation) throw new RangeError(`no operation for ${asked.request.method} ${template}`)
  return operation(asked)
}

/**
 * @param where new contacts go, and whose are listed
 * @param folder in which a contact must be that is named; any when absent
 */
function contactPaths(path: string, where: Where, folder: Where | undefined): Record<string, Methods> {
  const put: Operation = (asked) => putContactPicture(asked, folder)
  return {
    [path]: {
      GET: (asked) => listContacts(asked, where),
      COUNT: (asked) => countContacts(asked, where),
      POST: (asked) => createContact(asked, where),
    },
    [`${path}/delta`]: { GET: (asked) => contactsDelta(asked, where) },
    [`${path}/{id}`]: {
      GET: (asked) => getContact(asked, folder),
      PATCH: (asked) => updateContact(asked, folder),
      DELETE: (asked) => deleteContact(asked, folder),
    },
    [`${path}/{id}/photo`]: { GET: (asked) => getContactPhoto(asked, folder) },
    [`${path}/{id}/photo/$value`]: {
      GET: (asked) => getContactPicture(asked, folder),
      PUT: put,
      PATCH: put,
    },
  }
}

function folders(parent: typeof folderAsked): Methods {
  return {
    GET: (asked) => listFolders(asked, parent),
    POST: (asked) => createFolder(asked, parent),
  }
}
