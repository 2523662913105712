import { expect, it } from 'vitest'
import { LocalTurns } from '../../../src/bot/program/local/turns.ts'
import { once } from '../../../src/core/draft/once.ts'
import { openDatabase } from '../../../src/db/database.ts'
import { ApiRequestEntity } from '../../../src/db/entities/api-request.ts'

it('begins once what is asked for under one key, also when the program ended in between', async () => {
  const db = await openDatabase(':memory:')
  let now = new Date('2026-01-02T03:04:05Z')
  const core = { db, turns: new LocalTurns(), clock: () => now }
  const begun: [string, Date | null][] = []
  const ask = (key: string, asked: unknown, fails = false) =>
    once(
      core,
      { caller: 'token:1', key, asked, draftId: `draft ${begun.length}` },
      async (draftId, since) => {
        if (fails) throw new Error('refused')
        begun.push([draftId, since])
        return `job ${begun.length}`
      },
    )
  const both = await Promise.all([ask('a', 1), ask('a', 1)])
  expect(both).toEqual([
    { draftId: 'draft 0', jobId: 'job 1' },
    { draftId: 'draft 0', jobId: 'job 1' },
  ])
  expect(await ask('a', 2)).toBeNull()
  await expect(ask('b', 1, true)).rejects.toThrow('refused')
  expect(await ask('b', 1)).toEqual({ draftId: 'draft 1', jobId: 'job 2' })
  // The job had been started, and the program ended before recording it.
  await db.fork().nativeUpdate(ApiRequestEntity, { key: 'b' }, { jobId: null })
  expect(await ask('b', 1)).toEqual({ draftId: 'draft 1', jobId: 'job 3' })
  expect(begun.at(-1)).toEqual(['draft 1', now])
  now = new Date('2026-01-03T03:04:06Z')
  expect(await ask('a', 2)).toEqual({ draftId: 'draft 3', jobId: 'job 4' })
  await db.close()
})
