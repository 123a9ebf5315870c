/**
 * What a spreadsheet computes when a text is pasted into a cell (OWASP, "CSV Injection"): Excel, LibreOffice and
 * Google Sheets take the full-width signs of East Asian keyboards as well.
 */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠﹦﹢﹣﹫−]/u

export function isComputed(cell: string): boolean {
  return FORMULA.test(cell)
}
