import { rm, writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { reopenDraft, requestRender } from '../../../src/core/draft/render.ts'
import { storedName } from '../../../src/core/model/store.ts'
import { onDisk } from '../../factories/on-disk.ts'
import { SMALL, scope, type TestProgram, testProgram } from '../../factories/program.ts'
import { quickProviders } from '../../fakes/providers.ts'

it('writes no absolute path below DATA_DIR in any row, whether a render succeeds or fails', async () => {
  // Long enough for its voice to stand in for music.
  const fakes = quickProviders(['Ready for the harbour at dawn?'])
  const program = await testProgram({ fakes, rendersAhead: true })
  const { core, queue, load } = program
  // Music that is in the store, like the built-in music.
  const name = storedName('music', 'ab12', 'wav')
  core.providers.music = [
    {
      name: 'stored',
      find: async () => null,
      pick: async () => {
        const { segments } = await load(draftId)
        const voice = segments[0]?.ttsLocalPath ?? ''
        const file = await core.store.put(name, async (into) => writeFile(into, await core.store.open(voice)))
        return { provider: 'stored', id: '1', file, title: null, author: null, loops: true, length: 1 }
      },
    },
  ]
  const draftId = await program.draft(SMALL)
  await queue.idle(draftId)
  await requestRender(core, scope(draftId))
  await queue.idle(draftId)
  expect((await load(draftId)).draft.status).toBe('finalized')
  expect(await core.store.has(name)).toBe(true)

  await reopenDraft(core, scope(draftId))
  await queue.idle(draftId)
  // ffmpeg names the file it can't read in its own message.
  await rm(onDisk(core.store, 'clips'), { recursive: true })
  const [segment] = (await load(draftId)).segments
  await writeFile(onDisk(core.store, segment?.videoLocalPath ?? ''), 'rubbish')
  await requestRender(core, scope(draftId))
  await queue.idle(draftId)
  const values = await allValues(program)
  expect(values.some((value) => value.includes('ffmpeg failed: '))).toBe(true)
  expect(values.some((value) => value.includes('videos/'))).toBe(true)
  expect(values.filter((value) => value.includes(program.folder))).toEqual([])
})

/** The contents of every row of every table, as text. */
async function allValues({ core }: TestProgram): Promise<string[]> {
  const connection = core.db.fork().getConnection()
  const tables = await connection.execute<{ name: string }[]>(
    `select name from sqlite_master where type = 'table'`,
  )
  const rows = await Promise.all(
    tables.map(({ name }) => connection.execute<Record<string, unknown>[]>(`select * from "${name}"`)),
  )
  return rows.flat().flatMap((row) => Object.values(row).map(String))
}
