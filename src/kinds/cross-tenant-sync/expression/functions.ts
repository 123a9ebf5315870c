/**
 * The functions of expressions and what they take.
 * Source: Microsoft Entra, "Reference for writing expressions for attribute mappings in Microsoft Entra
 * Application Provisioning"; for DefaultDomain, Right and Trim the same of cloud sync; for
 * AssertiveAppRoleAssignmentsComplex "Customize user provisioning attribute-mappings".
 */
import { nearest } from '../../../people/nearest.ts'

export interface FunctionSignature {
  /** As Microsoft writes it. */
  readonly name: string
  readonly parameters: readonly string[]
  /** How many arguments it takes; an argument may be there and blank. */
  readonly least: number
  readonly most: number
  /** What comes beyond the least comes in twos. */
  readonly paired: boolean
  /** Which of the arguments is a regular expression. */
  readonly pattern: number
}

/** `?`: may be left out. `...`: as often as one likes; of two, both together. */
const SIGNATURES = [
  'Append(source, suffix)',
  'AppRoleAssignmentsComplex(source)',
  'AssertiveAppRoleAssignmentsComplex(source)',
  'BitAnd(value1, value2)',
  'CBool(Expression)',
  'CDate(Expression)',
  'Coalesce(source...)',
  'ConvertToBase64(source)',
  'ConvertToUTF8Hex(source)',
  'Count(attribute)',
  'CStr(value)',
  'DateAdd(interval, value, dateTime)',
  'DateDiff(interval, date1, date2)',
  'DateFromNum(value)',
  'DefaultDomain()',
  // Without the styles in older descriptions.
  'FormatDateTime(source, dateTimeStyles, inputFormat, outputFormat?)',
  'Guid()',
  'IgnoreFlowIfNullOrEmpty(Expression)',
  'IIF(condition, valueIfTrue, valueIfFalse)',
  'InStr(value1, value2, start?, compareType?)',
  'IsNull(Expression)',
  'IsNullOrEmpty(Expression)',
  'IsPresent(Expression)',
  'IsString(Expression)',
  'Item(attribute, index)',
  'Join(separator, source...)',
  'Left(String, NumChars)',
  'Mid(source, start, length)',
  'NormalizeDiacritics(source)',
  'Not(source)',
  'Now()',
  'NumFromDate(value)',
  'PCase(source, wordSeparators?)',
  'RandomString(Length, MinimumNumbers, MinimumSpecialCharacters, MinimumCapital, MinimumLowerCase, CharactersToAvoid?)',
  'Redact(value)',
  'RemoveDuplicates(attribute)',
  'Replace(source, oldValue, regexPattern?, regexGroupName?, replacementValue?, replacementAttributeName?, template?)',
  'Right(String, NumChars)',
  'SelectUniqueValue(uniqueValueRule1, uniqueValueRule...)',
  'SingleAppRoleAssignment(appRoleAssignments)',
  'Split(source, delimiter)',
  'StripSpaces(source)',
  'Switch(source, defaultValue, key..., value...)',
  'ToLower(source, culture?)',
  'ToUpper(source, culture?)',
  'Trim(source)',
  'Word(String, WordNumber, Delimiters)',
]

const BY_NAME = new Map(SIGNATURES.map(signature).map((each) => [each.name.toLowerCase(), each]))

function signature(text: string): FunctionSignature {
  const [, name = '', list = ''] = /^(\w+)\((.*)\)$/.exec(text) ?? []
  const told = list === '' ? [] : list.split(', ')
  const repeating = told.filter((each) => each.endsWith('...')).length
  const parameters = told.map((each) => each.replace(/\?$|\.{3}$/, ''))
  return {
    name,
    parameters,
    least: told.filter((each) => !each.endsWith('?')).length,
    most: repeating > 0 ? Infinity : told.length,
    paired: repeating === 2,
    pattern: parameters.indexOf('regexPattern'),
  }
}

export const FUNCTIONS: readonly FunctionSignature[] = [...BY_NAME.values()]

/** Names are found without case. */
export function functionNamed(name: string): FunctionSignature | undefined {
  return BY_NAME.get(name.toLowerCase())
}

/** The name that a misspelt one was meant to be. */
export function nearestFunction(name: string): string | undefined {
  return nearest(
    name,
    FUNCTIONS.map((each) => each.name),
  )
}

/** The name of an argument by its place: where a function takes more than it has names, `value4`, `value5`, ... */
export function parameterAt({ parameters }: FunctionSignature, index: number): string {
  return parameters[index] ?? `${parameters.at(-1)}${index}`
}
