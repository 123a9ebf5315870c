/**
 * A terminal, as far as text can act on it: the states that control functions go through (ECMA-48, 5th
 * edition, 5.2 to 5.6). Independent of what is rendered: it knows every control, ours too.
 */

export type Act =
  | { readonly act: 'print'; readonly character: string }
  /** A control of C0 or C1, delete, or an escape sequence that is none of the others. */
  | { readonly act: 'control'; readonly code: string }
  | { readonly act: 'csi'; readonly parameters: string; readonly final: string }
  /** A device control, operating system, privacy or application string: titles, links, and worse. */
  | { readonly act: 'string'; readonly introducer: string; readonly text: string }

const STRINGS: Readonly<Record<string, string>> = { P: 'DCS', X: 'SOS', ']': 'OSC', '^': 'PM', _: 'APC' }
const ESC = '\u001b'

/** What a terminal does for a text, one by one. */
export function acts(text: string): Act[] {
  const done: Act[] = []
  const characters = Array.from(text)
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!
    const code = character.codePointAt(0)!
    if (code === 0x1b) {
      const next = characters[++at] ?? ''
      at = begun(next, at)
    } else if (code >= 0x80 && code <= 0x9f) at = begun(String.fromCodePoint(code - 0x40), at)
    else if (code < 0x20 || code === 0x7f) done.push({ act: 'control', code: character })
    else done.push({ act: 'print', character })
  }
  return done

  /** @returns where the control function that was begun ends. */
  function begun(introducer: string, at: number): number {
    if (introducer === '[') return controlSequence(at + 1)
    if (introducer in STRINGS) return controlString(STRINGS[introducer]!, at + 1)
    done.push({ act: 'control', code: `${ESC}${introducer}` })
    return at
  }

  function controlSequence(from: number): number {
    let at = from
    while (at < characters.length && /[\u0020-\u003f]/.test(characters[at]!)) at++
    done.push({ act: 'csi', parameters: characters.slice(from, at).join(''), final: characters[at] ?? '' })
    return at
  }

  /** To the string terminator, or to BEL, where terminals end it as well. */
  function controlString(introducer: string, from: number): number {
    let at = from
    const isEnd = () =>
      ['\u009c', '\u0007'].includes(characters[at]!) ||
      (characters[at] === ESC && characters[at + 1] === '\\')
    while (at < characters.length && !isEnd()) at++
    done.push({ act: 'string', introducer, text: characters.slice(from, at).join('') })
    return characters[at] === ESC ? at + 1 : at
  }
}

/** All but what is printed, line feeds, and the colours of a rendering: nothing should be left. */
export function beyondText(text: string): Act[] {
  return acts(text).filter(
    (one) =>
      one.act !== 'print' &&
      !(one.act === 'control' && one.code === '\n') &&
      !(one.act === 'csi' && one.final === 'm' && /^(?:[0-2]|3[1-6])$/.test(one.parameters)),
  )
}
