import { readdir } from 'node:fs/promises'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { rehearse } from '../../../src/bot/program/rehearse.ts'
import { testProgram } from '../../factories/program.ts'

it('leaves nothing behind, asks no provider, and tells nobody', async () => {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const { core, fakes, folder, queue, draft } = await testProgram({ log, env: { MAX_OPEN_DRAFTS: '1' } })
  const draftId = await draft()
  await queue.idle()
  const em = core.db.fork()
  const tables: { name: string }[] = await em.execute(`select name from sqlite_master where type = 'table'`)
  const rows = () => Promise.all(tables.map(({ name }) => em.execute(`select * from ${name} order by 1`)))
  const before = {
    rows: await rows(),
    asked: [...fakes.spoken, ...fakes.fetched],
    files: await readdir(folder),
  }
  const changed: string[] = []
  core.events.on('changed', (id) => changed.push(id))
  await rehearse(core)
  expect(lines).toEqual([])
  expect({
    rows: await rows(),
    asked: [...fakes.spoken, ...fakes.fetched],
    files: await readdir(folder),
  }).toEqual(before)
  expect(changed.filter((id) => id !== draftId)).toEqual([])
})
