/** One step of a batch, from the status in which it was found. */
import type { Recorder } from '../../../engine/journal.ts'
import { isAmbiguous } from '../../../microsoft/errors.ts'
import type { ExchangeReader, ExchangeWriter } from '../../../microsoft/exchange.ts'
import { readBatches } from './batch.ts'

/** @param from the status in which it was found: once that has changed, a lost answer was a yes. */
export async function step(
  exchange: ExchangeWriter,
  record: Recorder,
  name: string,
  cmdlet: string,
  from: string,
): Promise<void> {
  // An apply may take hours: one that has gone on meanwhile is left.
  if ((await statusOf(exchange, name)) !== from) return
  const confirm = cmdlet.startsWith('Start-') ? {} : { Confirm: false }
  try {
    await record.write({ action: 'update', targetId: name, fields: ['status'] }, () =>
      exchange.run(cmdlet, { Identity: name, ...confirm }, { repeatable: false }),
    )
  } catch (error) {
    if (!isAmbiguous(error) || (await statusOf(exchange, name)) === from) throw error
  }
}

/** @returns `undefined` where there is no such batch. */
export async function statusOf(exchange: ExchangeReader, name: string): Promise<string | undefined> {
  const batches = await readBatches(exchange)
  return batches.find((batch) => batch.name.toLowerCase() === name.toLowerCase())?.status
}
