import type { Answer } from '../../service.ts'
import type { Properties } from '../directory.ts'
import { GraphRefused, badRequest } from '../errors.ts'
import { parseSelect } from '../query/select.ts'
import { userAsked } from './asked.ts'
import type { Asked } from './asked.ts'
import { contactAsked } from './contacts.ts'
import type { Where } from './contacts.ts'
import { itemNotFound, noPhoto, tooLarge } from './errors.ts'
import { mailboxOptions } from './options.ts'
import type { Photo } from './photo.ts'

/** A photo must be smaller (Microsoft Graph, "Update profilePhoto"). */
const TOO_LARGE = 4 * 1024 * 1024
const SIZES = [48, 64, 96, 120, 240, 360, 432, 504, 648].map((side) => `${side}x${side}`)
/** What every photo here is said to measure: nobody looks into the pictures. */
const SIDE = 648

/** `GET /users/{id}/photo`: what there is to know of it. */
export function getUserPhoto(asked: Asked): Answer {
  return metadata(asked, userPhoto(asked))
}

/** `GET /users/{id}/photo/$value`. */
export function getUserPicture(asked: Asked): Answer {
  mailboxOptions(asked.request, [])
  return picture(userPhoto(asked))
}

/** `GET /users/{id}/photos/{size}/$value`: every size here gives the same picture. */
export function getSizedPicture(asked: Asked): Answer {
  const photo = userPhoto(asked)
  if (!SIZES.includes((asked.ids[1] ?? '').toLowerCase())) throw noPhoto()
  return picture(photo)
}

/** `GET .../contacts/{id}/photo`. */
export function getContactPhoto(asked: Asked, folder?: Where): Answer {
  return metadata(asked, contactPhoto(asked, folder))
}

/** `GET .../contacts/{id}/photo/$value`. */
export function getContactPicture(asked: Asked, folder?: Where): Answer {
  mailboxOptions(asked.request, [])
  return picture(contactPhoto(asked, folder))
}

/** `PUT .../contacts/{id}/photo/$value`. */
export function putContactPicture(asked: Asked, folder?: Where): Answer {
  const { mailbox, contact } = contactAsked(asked, folder)
  const { headers, bytes, text } = asked.request
  if (!/^image\/jpe?g\b/i.test(headers['content-type'] ?? '')) {
    throw new GraphRefused(415, 'UnsupportedMediaType', 'The content type of a photo must be image/jpeg.')
  }
  const sent = bytes ?? Buffer.from(text)
  if (sent.length === 0) throw badRequest('Empty Payload. A photo is expected.')
  if (sent.length >= TOO_LARGE) throw tooLarge()
  mailbox.setContactPhoto(contact, sent)
  return { status: 200 }
}

function userPhoto(asked: Asked): Photo {
  const photo = asked.bearer.tenant.mailboxes.photo(userAsked(asked).id)
  if (!photo) throw noPhoto()
  return photo
}

function contactPhoto(asked: Asked, folder?: Where): Photo {
  const { photo } = contactAsked(asked, folder).contact
  if (!photo) throw itemNotFound()
  return photo
}

function metadata({ request, world }: Asked, photo: Photo): Answer {
  const { select } = mailboxOptions(request, ['select'])
  const all: Properties = { id: `${SIDE}x${SIDE}`, height: SIDE, width: SIDE }
  const selection = select === undefined ? Object.keys(all) : parseSelect(select, 'profilePhoto', false)
  return {
    status: 200,
    body: {
      '@odata.context': `${world.origin}/v1.0/$metadata#photo/$entity`,
      '@odata.mediaContentType': 'image/jpeg',
      '@odata.mediaEtag': photo.etag,
      ...Object.fromEntries(selection.map((name) => [name, all[name]])),
    },
  }
}

function picture({ bytes, etag }: Photo): Answer {
  return { status: 200, headers: { 'content-type': 'image/jpeg', etag }, body: bytes }
}
