import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compile, compileCondition, EvaluationError, ExpressionError } from '../expression.ts'
import { person } from '../person.ts'

const ada = person({
  id: 'ada-1',
  type: 'member',
  displayName: 'Ada Lovelace',
  mail: 'Ada@Fabrikam.com',
  jobTitle: 'Engineer',
  businessPhones: ['+1 555 0100', '+1 555 0101'],
})

const value = (text: string) => compile(text).evaluate(ada)

function fault(text: string, how: (text: string) => unknown = compile): [string, number] {
  try {
    how(text)
  } catch (error) {
    if (error instanceof ExpressionError) return [error.message, error.offset]
    throw error
  }
  throw new Error(`${text} compiles`)
}

describe('an expression over a person', () => {
  test.each<[string, unknown]>([
    ['displayName', 'Ada Lovelace'],
    ['displayName + " (Fabrikam)"', 'Ada Lovelace (Fabrikam)'],
    ['department', ''],
    ['jobTitle == "Engineer" ? "E" : "-"', 'E'],
    ['size(businessPhones)', 2n],
    ['size(proxyAddresses)', 0n],
    ['businessPhones.filter(phone, phone.endsWith("1"))', ['+1 555 0101']],
    ['mail.split("@")[0]', 'Ada'],
    ['mail.substring(0, 3)', 'Ada'],
    ['"Ada" in displayName.split(" ")', true],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })

  test.each<[string, unknown]>([
    ['lower(mail)', 'ada@fabrikam.com'],
    ['mail.lower()', 'ada@fabrikam.com'],
    ['upper(jobTitle)', 'ENGINEER'],
    ['jobTitle.upper()', 'ENGINEER'],
    ['replace(displayName, "a", "4")', 'Ad4 Lovel4ce'],
    ['displayName.replace("Lovelace", "$& King")', 'Ada $& King'],
    ['join(businessPhones, "; ")', '+1 555 0100; +1 555 0101'],
    ['businessPhones.join("; ")', '+1 555 0100; +1 555 0101'],
    ['domain(mail)', 'fabrikam.com'],
    ['mail.domain()', 'fabrikam.com'],
    ['localPart(mail)', 'Ada'],
    ['mail.localPart()', 'Ada'],
  ])('has the functions of mappings: %s', (text, expected) => {
    expect(value(text)).toBe(expected)
  })

  test.each<[string, unknown]>([
    ['businessPhones[0]', '+1 555 0100'],
    ['businessPhones[2]', ''],
    ['proxyAddresses[0]', ''],
    ['mail.split("@")[7]', ''],
    ['businessPhones.map(phone, phone.split(" ")[9]).join("|")', '|'],
    ['businessPhones[2] == "" ? "none" : "some"', 'none'],
  ])('gives an empty text for an index past the end: %s', (text, expected) => {
    expect(value(text)).toBe(expected)
  })

  test('knows the type of the person, and CEL types beside it', () => {
    expect(value('type == "member"')).toBe(true)
    expect(value('type(mail) == string')).toBe(true)
    expect(compile('type').type).toBe('string')
  })

  test('names the fields it reads, inside macros and functions too', () => {
    const text = 'proxyAddresses.exists(p, p.contains(alias)) && type != "guest" ? lower(mail) : city'
    expect([...compile(text).reads].sort()).toEqual(['alias', 'city', 'mail', 'proxyAddresses', 'type'])
  })

  test('gives the same for the same person', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (mail, businessPhones) => {
        const anybody = person({ id: 'x', mail, businessPhones })
        const expression = compile('lower(mail) + businessPhones[0] + businessPhones.join("")')
        expect(expression.evaluate(anybody)).toBe(
          mail.toLowerCase() + (businessPhones[0] ?? '') + businessPhones.join(''),
        )
      }),
    )
  })
})

describe('a pattern', () => {
  test.each([
    ['mail.matches("^[A-Z]")', true],
    ['mail.matches("@contoso")', false],
    ['displayName.matches("(?i)LOVE")', true],
    ['displayName.matches(jobTitle)', false],
  ])('%s: %s', (text, expected) => {
    expect(value(text)).toBe(expected)
  })

  test('never backtracks', () => {
    const hostile = person({ id: 'x', displayName: `${'a'.repeat(50_000)}!` })
    expect(compile('displayName.matches("^(a+)+$")').evaluate(hostile)).toBe(false)
  })

  test('has no look-around or back-references', () => {
    expect(fault('mail.matches("(?=a)")')).toEqual([expect.stringContaining('(?='), 13])
  })

  test('is a text, and so is what it is held against', () => {
    expect(fault('businessPhones.matches("x")')).toEqual(['matches() takes a text and a pattern', 0])
    expect(fault('mail.matches(1)')).toEqual(['matches() takes a text and a pattern', 0])
  })
})

describe('an expression that cannot be compiled says what and where', () => {
  test.each<[string, string, number]>([
    ['jobTitel', 'a person has no field `jobTitel`: did you mean `jobTitle`?', 0],
    ['mail == "" ? phone : fax', 'a person has no field `phone`', 13],
    ['shoe(mail)', "there is no function 'shoe(string)'", 0],
    ['mail + 1', 'these do not go together: string + int', 0],
    ['mail +', 'the expression ends too early', 6],
    ['', 'the expression ends too early', 0],
    ['mail && true', '&& and || take true or false, and this gives a text', 0],
    ['mail mail', "Unexpected character: 'l'", 5],
    ['"mail', 'Unterminated string', 0],
    ['mail[0]', "Cannot index type 'string'", 0],
    ['mail.matches("(")', 'error parsing regexp: missing closing ): `(`', 13],
  ])('%s', (text, message, offset) => {
    expect(fault(text)).toEqual([message, offset])
  })

  test('is bounded in size and depth', () => {
    expect(fault(Array.from({ length: 2000 }, () => 'mail').join('+'))[0]).toMatch(/Exceeded/)
    expect(fault(`${'('.repeat(100)}mail${')'.repeat(100)}`)[0]).toMatch(/Exceeded/)
  })
})

describe('a condition', () => {
  test('says yes or no', () => {
    expect(compileCondition('jobTitle != "Intern"').evaluate(ada)).toBe(true)
  })

  test.each([
    ['jobTitle', 'a condition gives true or false, and this gives a text'],
    ['businessPhones', 'a condition gives true or false, and this gives a list of texts'],
    ['size(mail)', 'a condition gives true or false, and this gives a number'],
  ])('is not: %s', (text, message) => {
    expect(fault(text, compileCondition)).toEqual([message, 0])
  })
})

test('a failure at run time names the expression and the person', () => {
  const expression = compile('mail.substring(0, 99)')
  expect(() => expression.evaluate(ada)).toThrow(EvaluationError)
  expect(() => expression.evaluate(ada)).toThrow(
    'The expression `mail.substring(0, 99)` failed for Ada Lovelace <Ada@Fabrikam.com> (ada-1): string.substring(start, end): end index out of range',
  )
})
