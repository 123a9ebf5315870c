/** The addresses of a mail user that is to become a mailbox. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bareAddress, isMail, mailAddresses } from '../../../../microsoft/proxy-addresses.ts'
import { domainOf } from '../../../../people/address.ts'
import {
  comparable,
  emailAddressesAfter,
  sameAddresses,
  wantedAddresses,
  type WantedAddresses,
} from '../addresses.ts'
import type { Mailbox } from '../mailbox.ts'
import type { MailUser } from '../mail-user.ts'

const ACCEPTED = new Set(['contoso.com', 'contoso.org', 'contoso.mail.onmicrosoft.com'])
const TO = {
  domain: 'contoso.com',
  deliveryDomain: 'contoso.mail.onmicrosoft.com',
  external: 'primary',
  accepted: ACCEPTED,
  sourceInitial: 'fabrikam.onmicrosoft.com',
} as const
const MAILBOX = {
  primary: 'ada@fabrikam.com',
  addresses: ['ada@fabrikam.com', 'ada@fabrikam.onmicrosoft.com', 'countess@fabrikam.com'],
} as unknown as Mailbox
const standing = (...emailAddresses: string[]) =>
  ({ emailAddresses, addresses: mailAddresses(emailAddresses) }) as unknown as MailUser

describe('wanted', () => {
  test('of somebody who is new: the local part of the mailbox in each of the domains', () => {
    expect(wantedAddresses(MAILBOX, undefined, TO)).toEqual({
      primary: 'ada@contoso.com',
      delivery: 'ada@contoso.mail.onmicrosoft.com',
      external: 'ada@fabrikam.com',
    })
  })

  test('of one who is there: what they have in the domain stays', () => {
    expect(
      wantedAddresses(
        MAILBOX,
        standing('SMTP:Countess@Contoso.com', 'smtp:old@contoso.com', 'smtp:c@contoso.mail.onmicrosoft.com'),
        TO,
      ),
    ).toMatchObject({ primary: 'countess@contoso.com', delivery: 'c@contoso.mail.onmicrosoft.com' })
  })

  test('of one whose primary is elsewhere: the first that they have in the domain', () => {
    const { primary } = wantedAddresses(MAILBOX, standing('SMTP:a@contoso.org', 'smtp:b@contoso.com'), TO)
    expect(primary).toBe('b@contoso.com')
  })

  test('where to forward: the primary, or the one in the domain that the tenant began with', () => {
    const external = (mailbox: Mailbox) =>
      wantedAddresses(mailbox, undefined, { ...TO, external: 'onmicrosoft' }).external
    expect(external(MAILBOX)).toBe('ada@fabrikam.onmicrosoft.com')
    expect(external({ ...MAILBOX, addresses: ['ada@fabrikam.com'] })).toBe('')
  })
})

const proxy = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('SMTP:', 'smtp:', 'Smtp:'),
      fc.constantFrom('ada', 'Ada', 'b', 'c'),
      fc.constantFrom('contoso.com', 'CONTOSO.org', 'contoso.mail.onmicrosoft.com', 'fabrikam.com'),
    )
    .map(([prefix, local, domain]) => `${prefix}${local}@${domain}`),
  fc.constantFrom('X500:/o=A/cn=1', 'x500:/O=a/cn=2', 'SIP:ada@fabrikam.com', 'EUM:1'),
)
const proxies = fc.uniqueArray(proxy, { selector: comparable, maxLength: 8 })
const wanted = fc.record({
  primary: fc.constantFrom('ada@contoso.com', 'b@contoso.com'),
  delivery: fc.constantFrom('ada@contoso.mail.onmicrosoft.com', 'ada@contoso.com'),
  external: fc.constant('ada@fabrikam.com'),
})
const x500 = fc.subarray(['X500:/o=A/cn=1', 'X500:/o=B/cn=3', 'x500:/o=C/cn=4'])

describe('after the change', () => {
  interface Given {
    readonly wants: WantedAddresses
    readonly before: readonly string[]
    readonly more: readonly string[]
  }
  const given: fc.Arbitrary<Given> = fc.record({ wants: wanted, before: proxies, more: x500 })
  const afterOf = ({ wants, before, more }: Given) => emailAddressesAfter(wants, before, more, ACCEPTED)
  const isForeign = (each: string) => isMail(each) && !ACCEPTED.has(domainOf(each))

  test('one is the primary, and it stands first', () => {
    fc.assert(
      fc.property(given, (one) => {
        const after = afterOf(one)
        expect(after.filter((each) => each.startsWith('SMTP:')).map(bareAddress)).toEqual([one.wants.primary])
        expect(after[0]).toMatch(/^SMTP:/)
      }),
    )
  })

  test('all that the move needs is there, and nothing twice', () => {
    fc.assert(
      fc.property(given, (one) => {
        const has = afterOf(one).map(comparable)
        const { primary, delivery } = one.wants
        expect(has).toEqual(
          expect.arrayContaining([`smtp:${primary}`, `smtp:${delivery}`, ...one.more].map(comparable)),
        )
        expect(has).toHaveLength(new Set(has).size)
      }),
    )
  })

  test('mail of foreign domains is gone, and all else that was there stays', () => {
    fc.assert(
      fc.property(given, (one) => {
        const after = afterOf(one)
        expect(after.filter(isForeign)).toEqual([])
        const stays = one.before.filter((each) => !isForeign(each)).map(comparable)
        expect(after.map(comparable)).toEqual(expect.arrayContaining(stays))
      }),
    )
  })

  test('once more changes nothing', () => {
    fc.assert(
      fc.property(given, (one) => {
        const after = afterOf(one)
        expect(afterOf({ ...one, before: after })).toEqual(after)
      }),
    )
  })
})

describe('the same addresses', () => {
  test('are so in any order, and in any case', () => {
    fc.assert(
      fc.property(proxies, proxies, (left, right) => {
        const shuffled = left
          .toReversed()
          .map((one) => (one.startsWith('smtp:') ? one.toUpperCase().replace('SMTP:', 'smtp:') : one))
        expect(sameAddresses(left, shuffled)).toBe(true)
        expect(sameAddresses(left, right)).toBe(sameAddresses(right, left))
      }),
    )
  })

  test('are not where another one is the primary, or one is more', () => {
    expect(sameAddresses(['SMTP:a@x.com', 'smtp:b@x.com'], ['smtp:a@x.com', 'SMTP:b@x.com'])).toBe(false)
    expect(sameAddresses(['SMTP:a@x.com'], ['SMTP:a@x.com', 'X500:/cn=a'])).toBe(false)
  })
})
