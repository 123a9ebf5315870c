/** What stands in the domain of the tests, as LDIF (RFC 2849). */

export const DOMAIN = 'DC=contoso,DC=test'
export const STAFF = `OU=Staff,${DOMAIN}`

/** Of all accounts that can sign in. */
export const PASSWORD = 'R3ader!of-Contoso'

/** Beside those with names. */
export const MANY = 2500

type Attributes = Readonly<Record<string, string | readonly string[] | Buffer>>

const SCHEMA = `CN=Schema,CN=Configuration,${DOMAIN}`

/**
 * A few of Exchange's attributes: not all, so that some are not known to this directory. First they
 * are made, then users, contacts and groups may have them.
 */
export function exchangeSchema(): string[] {
  const made = EXCHANGE.map(([name, syntax], index) =>
    entry(`CN=${name},${SCHEMA}`, 'attributeSchema', {
      lDAPDisplayName: name,
      attributeID: `1.2.840.113556.1.8000.9999.${index + 1}`,
      isSingleValued: 'TRUE',
      ...syntax,
    }),
  )
  const allowed = [
    `dn: CN=Mail-Recipient,${SCHEMA}\nchangetype: modify\nadd: mayContain`,
    ...EXCHANGE.map(([name]) => `mayContain: ${name}`),
    '',
  ]
  return [made.join('\n'), allowed.join('\n')]
}

/** Source: Microsoft, MS-ADTS 3.1.1.2.2.2 (LDAP Representations). */
const TEXT = { attributeSyntax: '2.5.5.12', oMSyntax: '64' }
const TRUE_OR_FALSE = { attributeSyntax: '2.5.5.8', oMSyntax: '1' }
const LARGE_NUMBER = { attributeSyntax: '2.5.5.16', oMSyntax: '65' }

const EXCHANGE = [
  ['mailNickname', TEXT],
  ['extensionAttribute1', TEXT],
  ['msExchHideFromAddressLists', TRUE_OR_FALSE],
  ['msExchRecipientTypeDetails', LARGE_NUMBER],
] as const

export function directory(): string {
  return [
    entry(STAFF, 'organizationalUnit'),
    entry(`OU=Übersee,${STAFF}`, 'organizationalUnit'),
    entry(`OU=Board,${DOMAIN}`, 'organizationalUnit'),
    ...accounts(),
    ...named(),
    ...Array.from({ length: MANY }, (_, index) => plain(`User ${index}`)),
  ].join('\n')
}

/** Who can sign in, and cannot. */
function accounts(): string[] {
  const signsIn = { unicodePwd: Buffer.from(`"${PASSWORD}"`, 'utf16le') }
  return [
    user('reader', `CN=Users,${DOMAIN}`, { ...signsIn, userAccountControl: '512' }),
    user('disabled-reader', `CN=Users,${DOMAIN}`, { ...signsIn, userAccountControl: '514' }),
    user('locked-reader', `CN=Users,${DOMAIN}`, {
      ...signsIn,
      userAccountControl: '512',
      // 100 ns since 1601 (FILETIME).
      lockoutTime: String((BigInt(Date.now()) + 11_644_473_600_000n) * 10_000n),
    }),
    user('expired-reader', `CN=Users,${DOMAIN}`, {
      ...signsIn,
      userAccountControl: '512',
      accountExpires: '116444736000000000',
    }),
  ]
}

function named(): string[] {
  return [
    user('Byron\\, Anne', `OU=Board,${DOMAIN}`, { displayName: 'Anne Byron' }),
    user('Secret', `OU=Board,${DOMAIN}`, {
      displayName: 'Secret Chief',
      // Its owner and the administrators alone.
      nTSecurityDescriptor: 'O:DAG:DAD:P(A;;GA;;;DA)(A;;GA;;;SY)',
    }),
    user('Lovelace\\, Ada', STAFF, {
      displayName: 'Lovelace, Ada',
      givenName: 'Ada',
      sn: 'Lovelace',
      mail: 'ada@contoso.test',
      mailNickname: 'ada',
      proxyAddresses: ['SMTP:ada@contoso.test', 'smtp:countess@contoso.test', 'x500:/o=Old/cn=ada'],
      title: 'Engineer',
      department: 'Engines',
      company: 'Contoso',
      physicalDeliveryOfficeName: 'London 12',
      manager: `CN=Byron\\, Anne,OU=Board,${DOMAIN}`,
      telephoneNumber: '+44 20 1',
      otherTelephone: ['+44 20 3', '+44 20 2'],
      mobile: '+44 77 1',
      facsimileTelephoneNumber: '+44 20 9',
      streetAddress: '12 St James Square\nLondon',
      l: 'London',
      st: 'Greater London',
      postalCode: 'SW1Y',
      co: 'United Kingdom',
      c: 'GB',
      employeeID: '1815',
      extensionAttribute1: 'first',
      legacyExchangeDN: '/o=Contoso/cn=ada',
      jpegPhoto: Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x80]),
    }),
    user('Zoë Müller', `OU=Übersee,${STAFF}`, {
      displayName: 'Zoë Müller 张',
      mail: 'zoe@contoso.test',
      l: 'Zürich',
      c: 'CH',
      manager: `CN=Lovelace\\, Ada,${STAFF}`,
    }),
    user('Spy', STAFF, { mail: 'spy@contoso.test', manager: `CN=Secret,OU=Board,${DOMAIN}` }),
    user('Leaver', STAFF, { mail: 'leaver@contoso.test', userAccountControl: '546' }),
    user('Info', STAFF, {
      mail: 'info@contoso.test',
      userAccountControl: '546',
      msExchRecipientTypeDetails: '34359738368',
    }),
    user('Room 1', STAFF, {
      mail: 'room1@contoso.test',
      userAccountControl: '546',
      msExchRecipientTypeDetails: '16',
    }),
    user('Hidden', STAFF, { mail: 'hidden@contoso.test', msExchHideFromAddressLists: 'TRUE' }),
    user('Without Mail', STAFF, {}),
    entry(`CN=Charles Babbage,${STAFF}`, 'contact', { mail: 'charles@partner.test' }),
    entry(`CN=Made by us,${STAFF}`, 'contact', {
      displayName: 'Made by us',
      mail: 'ours@partner.test',
      extensionAttribute1: 'tenant-sync:partners:42',
    }),
    entry(`CN=Engineers,${STAFF}`, 'group', { sAMAccountName: 'engineers', mail: 'engineers@contoso.test' }),
  ]
}

function plain(name: string): string {
  return user(name, STAFF, { displayName: name, mail: `${accountName(name)}@contoso.test` })
}

/** 544: an account whose password is not required, so that it need not have one. */
function user(name: string, below: string, attributes: Attributes): string {
  const account = accountName(name)
  return entry(`CN=${name},${below}`, 'user', {
    sAMAccountName: account,
    userPrincipalName: `${account}@contoso.test`,
    userAccountControl: '544',
    ...attributes,
  })
}

function accountName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\w-]/g, '')
    .toLowerCase()
}

function entry(dn: string, objectClass: string, attributes: Attributes = {}): string {
  const lines = Object.entries({ objectClass, ...attributes }).flatMap(([attribute, values]) =>
    (typeof values === 'string' || Buffer.isBuffer(values) ? [values] : values).map((value) =>
      line(attribute, value),
    ),
  )
  return [line('dn', dn), 'changetype: add', ...lines, ''].join('\n')
}

function line(attribute: string, value: string | Buffer): string {
  return `${attribute}:: ${Buffer.from(value as string).toString('base64')}`
}
