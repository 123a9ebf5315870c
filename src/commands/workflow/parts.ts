/**
 * What shards hand on to the job that closes their run: small files of numbers, carried by artifacts.
 * They hold no names of people.
 */
import { readFileSync } from 'node:fs'
import { Type, type Static } from '@sinclair/typebox'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { globSync } from 'tinyglobby'
import type { Part, Result } from '../../engine/result.ts'
import { InputError } from '../../github/inputs.ts'
import type { Job } from './job.ts'

const count = Type.Integer({ minimum: 0 })
const partSchema = Type.Object({
  formatVersion: Type.Literal(1),
  profiles: Type.Array(
    Type.Object({
      name: Type.String(),
      done: Type.Object({ create: count, update: count, delete: count }),
    }),
  ),
})

export function partJson({ profiles }: Result): string {
  const part: Part = { formatVersion: 1, profiles: profiles.map(({ name, done }) => ({ name, done })) }
  return JSON.stringify(part)
}

/**
 * Those that arrived: a shard whose machine died leaves none, and what it did not write is written now.
 * @throws InputError when a file is none of ours.
 */
export function partsIn({ inputs }: Pick<Job, 'inputs'>): Part[] {
  if (inputs.parts === undefined) return []
  const isPart = new Ajv2020().compile<Static<typeof partSchema>>(partSchema)
  return globSync('**/part.json', { cwd: inputs.parts, absolute: true }).map((file) => {
    const part = parsed(readFileSync(file, 'utf8'))
    if (!isPart(part)) throw new InputError(['input `parts`: a part.json in it is not the result of a shard'])
    return part
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
