/** The job's log. A runner reads commands from it: no line of ours becomes one by what it quotes. */
import { endGroup, info, setSecret, startGroup, warning } from '@actions/core'

import { terminalText, visible } from '../report/inert.ts'

/** In columns: what GitHub's pages show without a scroll bar. */
export const LOG_WIDTH = 120

/** A line of plain text, whatever it quotes. */
export function say(text: string): void {
  info(terminalText(text))
}

/**
 * Lines that a renderer made, colours and all. It has made inert what it quotes; here only what a runner
 * would take for a command is broken up: `::` that begins a line, and `##[` anywhere (actions/runner,
 * ActionCommand.cs).
 */
export function sayRendered(text: string): void {
  for (const line of text.split(/\r\n|\r|\n/)) {
    info(line.replace(/##(?=\[)/g, '# #').replace(/^([\s\u0085]*):(?=:)/, '$1: '))
  }
}

export function warn(text: string): void {
  warning(visible(text))
}

/** Lines that fold under a title. */
export async function group<T>(title: string, write: () => T | Promise<T>): Promise<T> {
  startGroup(visible(title))
  try {
    return await write()
  } finally {
    endGroup()
  }
}

/** From here on the runner shows `***` for it. An empty text would hide everything. */
export function mask(secret: string): void {
  if (secret.trim() !== '') setSecret(secret)
}
