/** Answers that fail the read of a service, and what is told of each. */
import { expect } from '@jest/globals'
import { failure, read, type Asked, type Failure, type WebService } from './web-service.ts'

/**
 * The body of the first answer, what is asked, code, message behind the service's address; advice where it
 * differs. ORIGIN stands for the service's.
 */
export type Refused = [
  title: string,
  body: unknown,
  asked: Asked,
  code: string,
  says: string,
  advice?: string,
]

/** What is told of an answer, and what should be. */
export async function refusal(
  service: WebService,
  [, body, asked, code, says, advice = says]: Refused,
): Promise<{ told: Failure; expected: Failure }> {
  service.answers([{ body }])
  const { name, code: found, message, advice: open } = await failure(read(service, asked))
  const whole = (text: string) => `${service.origin}/people, ${text.replace('ORIGIN', service.origin)}.`
  return {
    told: { name, code: found, message, advice: open },
    expected: { name: 'SourceError', code, message: whole(says), advice: whole(advice) },
  }
}

/** Told to everybody alike, and no token in it; ORIGIN stands for the service's. */
export async function toldOpenly(
  service: WebService,
  asked?: Asked,
): Promise<{ code: string; message: string }> {
  const { code, message, advice } = await failure(read(service, asked))
  expect(advice).toBe(message)
  expect(message).not.toContain('t0k3n')
  return { code, message: message.replaceAll(service.origin, 'ORIGIN') }
}
