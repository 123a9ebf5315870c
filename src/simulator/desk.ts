import { setTimeout as sleep } from 'node:timers/promises'

import type { Fault, Faults, Truncation } from './faults.ts'
import type { RequestRecord } from './records.ts'
import { ConnectionLost, HttpCall, jsonBody } from './service.ts'
import type { Answer, Request, Service } from './service.ts'
import type { World } from './world.ts'

/** Answers requests: finds the service, keeps the record, lets the faults strike. */
export class Desk {
  readonly requests: RequestRecord[] = []
  readonly #world: World
  readonly #services: readonly Service[]
  readonly #faults: Faults

  constructor(world: World, services: readonly Service[], faults: Faults) {
    this.#world = world
    this.#services = services
    this.#faults = faults
  }

  /** @throws ConnectionLost when a fault says so */
  async answer(request: Request): Promise<Answer> {
    // A step of a batch comes with the call that the batch is: what takes time is the way, and they share it.
    if (request.call) return this.#answer(request)
    const call = new HttpCall()
    try {
      return await this.#answer({ ...request, call })
    } finally {
      if (this.#world.behaviour.latencyMs > 0) await sleep(this.#world.behaviour.latencyMs)
      call.end()
    }
  }

  async #answer(request: Request): Promise<Answer> {
    const service = this.#services.find((each) => each.handles(request.path))
    if (!service)
      return { status: 404, body: { error: { code: 'NotFound', message: 'No such service here.' } } }
    const record = this.#record(request, service)
    const answer = await this.#act(request, service, record)
    record.status = answer.status
    return answer
  }

  #record(request: Request, service: Service): RequestRecord {
    const { tenant, ...described } = service.describe(request, this.#world)
    const query = request.query.toString()
    const record: RequestRecord = {
      seq: this.requests.length + 1,
      ...described,
      tenant,
      method: request.method,
      path: query ? `${request.path}?${query}` : request.path,
      body: this.#world.behaviour.recordBodies ? (jsonBody(request) ?? request.text) : '',
      status: 0,
    }
    this.requests.push(record)
    return record
  }

  async #act(request: Request, service: Service, record: RequestRecord): Promise<Answer> {
    const faults = this.#faults.strike(record)
    let truncation: Truncation | undefined
    for (const fault of faults) {
      if ('delayMs' in fault) await sleep(fault.delayMs)
      else if ('call' in fault && fault.when === 'before') await fault.call(record)
      else if ('truncated' in fault) truncation = fault.truncated
      else if ('expireTokens' in fault) this.#world.tokenGeneration += 1
      else if ('lost' in fault && fault.lost === 'before') throw new ConnectionLost()
      else if ('status' in fault || 'html' in fault) return this.#refuse(fault, service, request)
    }
    const answer = await service.handle(truncation ? { ...request, truncation } : request, this.#world)
    for (const fault of faults) {
      if ('call' in fault && fault.when === 'after') await fault.call(record)
      else if ('lost' in fault && fault.lost === 'after') throw new ConnectionLost()
    }
    return answer
  }

  #refuse(fault: Extract<Fault, { status?: number }>, service: Service, request: Request): Answer {
    if ('html' in fault) {
      return {
        status: fault.status ?? 502,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<!DOCTYPE html><html><head><title>Bad Gateway</title></head><body><h2>Our services are not available right now</h2></body></html>',
      }
    }
    const { status, retryAfter, exception } = fault
    const told = exception && service.thrown?.(status, exception)
    return {
      status,
      headers: {
        ...fault.headers,
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      },
      body: fault.body ??
        told ??
        service.refusal?.(status, request, this.#world) ?? { message: `Status ${status}` },
    }
  }
}
