import { pino } from 'pino'
import { expect, it } from 'vitest'
import { compose, type Program } from '../../../src/bot/program/compose.ts'
import { loadSettings } from '../../../src/bot/program/config.ts'
import { ConnectedSurfaces } from '../../../src/bot/program/connected-surfaces.ts'
import type { Surface } from '../../../src/bot/surfaces/surface.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { lockFolder } from '../../../src/jobs/lock.ts'
import { temporaryFolder } from '../../factories/folder.ts'
import { QUICK_FFMPEG } from '../../factories/quick-ffmpeg.ts'
import { fakeChat } from '../../fakes/chat.ts'
import { fakeProviders } from '../../fakes/providers.ts'

const surface = (changes: Partial<Surface> = {}): Surface => ({
  chat: fakeChat(),
  notes: [],
  downSince: () => null,
  refuse: async () => {},
  stop: async () => {},
  ...changes,
})

async function program(): Promise<{ program: Program; folder: string; logged: string[] }> {
  const folder = await temporaryFolder()
  const logged: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
  const settings = loadSettings({ DATA_DIR: folder, ...QUICK_FFMPEG })
  return { program: await compose(settings, log, { providers: fakeProviders() }), folder, logged }
}

it('stops in the order in which nothing is lost: events, work, connections, the database, the folder', async () => {
  const { program: made, folder, logged } = await program()
  const steps: string[] = []
  const note = (step: string) => async () => {
    // Only the handlers already in progress can still read and write.
    await made.core.db.fork().count(DraftEntity)
    expect(() => lockFolder(folder, 'another')).toThrow('in use')
    steps.push(step)
  }
  await made.connect(async () => surface({ refuse: note('refuse'), stop: note('stop') }))
  await made.start()
  await made.stop()
  expect([steps, logged]).toEqual([['refuse', 'stop'], []])
  await expect(made.core.db.fork().count(DraftEntity)).rejects.toThrow('closed')
  lockFolder(folder, 'another').release()
})

it('closes the rest when something cannot be closed, and says so', async () => {
  const { program: made, folder, logged } = await program()
  const fail = async () => {
    throw new Error('no answer')
  }
  await made.connect(async () => surface({ refuse: fail, stop: fail }))
  await made.start()
  await made.stop()
  expect(logged.map((line) => JSON.parse(line).msg)).toEqual([
    'a step of shutting down failed',
    'a step of shutting down failed',
  ])
  await expect(made.core.db.fork().count(DraftEntity)).rejects.toThrow('closed')
  lockFolder(folder, 'another').release()
})

it('keeps a connection that is there just after the program was told to stop, so that it is closed', async () => {
  const surfaces = new ConnectedSurfaces()
  const told = new AbortController()
  const { promise, resolve } = Promise.withResolvers<Surface>()
  const adding = surfaces.add(promise, told.signal)
  told.abort(new Error('told to stop'))
  const stopped: string[] = []
  resolve(surface({ stop: async () => void stopped.push('stopped') }))
  await expect(adding).rejects.toThrow('told to stop')
  await surfaces.stop()
  expect(stopped).toEqual(['stopped'])
})
