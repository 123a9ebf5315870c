import type { PersonField } from '../../people/person.ts'
import type { PersonalContactsProfile } from './schema.ts'

/** What a contact cannot be without. */
export function requiredFields({ to }: PersonalContactsProfile): readonly PersonField[] {
  return to.withoutMail ? [] : ['mail']
}
