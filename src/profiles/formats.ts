/** The formats of texts in schemas. */
import { compileCondition, ExpressionError } from '../people/expression.ts'
import { compileTemplate } from '../people/template.ts'

/** Formats that are written in the language of expressions. */
const COMPILERS: Readonly<Record<string, (text: string) => unknown>> = {
  template: compileTemplate,
  condition: compileCondition,
}

export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  date: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isInstant(`${text}T00:00:00Z`),
  'date-time': (text) =>
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text) && isInstant(text),
  ...Object.fromEntries(
    Object.keys(COMPILERS).map((format) => [
      format,
      (text: string) => expressionFault(format, text) === undefined,
    ]),
  ),
}

/** What is wrong with a text in the language of expressions, and where; nothing for other formats. */
export function expressionFault(format: string, text: string): ExpressionError | undefined {
  try {
    COMPILERS[format]?.(text)
    return undefined
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
}

/** The 31st of February is none. */
function isInstant(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(Date.parse(text)) && day.getUTCDate() === Number(text.slice(8, 10))
}
