/** Cut to a length, never through the middle of a character. */
export function cut(text: string, length: number | undefined): string {
  if (length === undefined || text.length <= length) return text
  const last = text.codePointAt(length - 1)!
  return text.slice(0, last > 0xffff ? length - 1 : length)
}
