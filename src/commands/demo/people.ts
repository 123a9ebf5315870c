/**
 * Fictional people, always the same: with homonyms, accents, long names, missing fields, guests,
 * hidden and disabled users, a room.
 */
import type { UserSeed } from '../../simulator/seed.ts'

const GIVEN_NAMES = (
  'Ada,Grace,Alan,Édith,Søren,Zoë,Łukasz,Jürgen,Nguyễn,María José,Kenji,Priya,Oluwaseun,Siân,Björk,' +
  'Thomas,Chloé,Mateusz,Ingrid,Ahmed,Yuki,Ana,Dmitri,Fatima,Lars,Giulia,Tomáš,Eleni,Aoife,Carlos'
).split(',')

const SURNAMES = (
  "Lovelace,Hopper,Turing,Müller,O'Connor,Nowak,Sørensen,García Márquez,Schmidt,Dvořák,Okafor," +
  'Tanaka,Singh,Ivanova,Papadopoulou,Þórsdóttir,van der Berg,Kowalczyk,Rossi,Fernández,Yılmaz,' +
  'Nakamura,Johansson,de la Cruz,Novák,Ferreira,Weiß'
).split(',')

const DEPARTMENTS = ['Sales', 'Engineering', 'Finance', 'Legal', 'People & Culture', 'IT']
const TITLES = [
  'Engineer',
  'Account Manager',
  'Analyst',
  'Team Lead',
  'Counsel',
  'Head of Department',
  'Apprentice',
]
const PLACES = [
  { city: 'Berlin', state: 'Berlin', postalCode: '10115', country: 'Germany', dial: '+49 30 5550' },
  { city: 'Zürich', state: 'ZH', postalCode: '8001', country: 'Switzerland', dial: '+41 44 555 0' },
  { city: 'Seattle', state: 'WA', postalCode: '98101', country: 'United States', dial: '+1 206 555 0' },
  { city: 'Kraków', state: 'Małopolska', postalCode: '30-001', country: 'PL', dial: '+48 12 555 0' },
]

export interface Company {
  readonly name: string
  readonly domain: string
  readonly organization: string
  /** Where in the lists of names it begins, so that two companies differ. */
  readonly offset: number
}

/** So many people, the last few of them special. */
export function peopleOf(company: Company, count: number): UserSeed[] {
  const ordinary = Array.from({ length: count - SPECIAL.length }, (_, index) =>
    ordinaryPerson(company, index),
  )
  return [...ordinary, ...SPECIAL.map((special) => special(company))]
}

function ordinaryPerson({ name, domain, offset }: Company, index: number): UserSeed {
  const position = index + offset
  const givenName = GIVEN_NAMES[position % GIVEN_NAMES.length]!
  const surname = SURNAMES[(position * 7 + Math.floor(position / GIVEN_NAMES.length)) % SURNAMES.length]!
  const { dial, ...place } = PLACES[position % PLACES.length]!
  const phone = `${dial}${String(index).padStart(3, '0')}`
  const address = `${ascii(givenName)}.${ascii(surname)}${index >= 189 ? index : ''}@${domain}`
  return {
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    userPrincipalName: address,
    mail: address,
    jobTitle: TITLES[position % TITLES.length]!,
    department: DEPARTMENTS[position % DEPARTMENTS.length]!,
    companyName: name,
    ...place,
    officeLocation: `${place.city} ${(index % 4) + 1}.${index % 30}`,
    // Not everybody has everything.
    ...(index % 3 !== 0 && { businessPhones: [phone] }),
    ...(index % 5 === 0 && { mobilePhone: `${dial}9${String(index).padStart(3, '0')}` }),
    ...(index % 11 === 0 && { jobTitle: null, department: null }),
  }
}

const SPECIAL: readonly ((company: Company) => UserSeed)[] = [
  // Two of one name.
  ({ domain }) => user('Maria Müller', `maria.mueller@${domain}`, { jobTitle: 'Counsel' }),
  ({ domain }) => user('Maria Müller', `maria.mueller2@${domain}`, { jobTitle: 'Analyst' }),
  ({ domain }) =>
    user(
      'Karl-Theodor Maximilian Nikolaus Freiherr von und zu Hohenlohe-Waldenburg-Schillingsfürst',
      `kt.hohenlohe@${domain}`,
      {
        jobTitle:
          'Representative for the coordination of all regional, national and international partnerships of the group, and of its foundations and museums',
      },
    ),
  ({ domain }) =>
    user('<b>Robert</b> | @all `drop`', `robert.tables@${domain}`, { jobTitle: '=HYPERLINK("x")' }),
  ({ domain }) =>
    user('Hidden Director', `director@${domain}`, { showInAddressList: false, hiddenInExchange: true }),
  ({ domain }) => user('Left Last Week', `left.lastweek@${domain}`, { accountEnabled: false }),
  ({ domain }) => user('Meeting Room 1', `room1@${domain}`, { accountEnabled: false, mailbox: 'room' }),
  ({ organization }) => ({
    displayName: 'Service Account',
    userPrincipalName: `svc@${organization}`,
    mail: null,
  }),
  ({ organization }) => guest('Gail Guest', 'gail', organization),
  ({ organization }) => guest('Gus Guest', 'gus', organization),
]

function user(displayName: string, address: string, more: Partial<UserSeed>): UserSeed {
  return { displayName, userPrincipalName: address, mail: address, ...more }
}

function guest(displayName: string, name: string, organization: string): UserSeed {
  return {
    displayName,
    userPrincipalName: `${name}_example.com#EXT#@${organization}`,
    mail: `${name}@example.com`,
    userType: 'Guest',
    mailbox: 'none',
  }
}

function ascii(name: string): string {
  return name
    .normalize('NFD')
    .replace(
      /[łØøßÞþı]/g,
      (letter) => ({ ł: 'l', Ø: 'O', ø: 'o', ß: 'ss', Þ: 'Th', þ: 'th', ı: 'i' })[letter] ?? '',
    )
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()
}
