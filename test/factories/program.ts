import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type Logger, pino } from 'pino'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { type ComposeOptions, compose, type Program } from '../../src/bot/program/compose.ts'
import { databaseFile, loadSettings } from '../../src/bot/program/config.ts'
import { requestDraft } from '../../src/core/draft/create.ts'
import type { CreateInput } from '../../src/core/draft/create-input.ts'
import { type DraftWithSegments, getDraft } from '../../src/core/draft/load.ts'
import type { EditScope } from '../../src/core/draft/scope.ts'
import type { Actor } from '../../src/core/model/people.ts'
import { openDatabase } from '../../src/db/database.ts'
import { DraftEntity } from '../../src/db/entities/draft.ts'
import { type Segment, SegmentEntity } from '../../src/db/entities/segment.ts'
import { type FakeProviders, fakeProviders } from '../fakes/providers.ts'
import { temporaryFolder } from './folder.ts'
import { knowFootage } from './known-footage.ts'
import { ANN, PLACE } from './people.ts'
import { foundFfmpeg, QUICK_FFMPEG } from './quick-ffmpeg.ts'

/** The cheapest draft to render. */
export const SMALL = { topic: 'Tea', format: 'square' } as const

export interface TestProgram extends Program {
  fakes: FakeProviders
  folder: string
  /** Makes a draft and waits until its assets are there. */
  draft(input?: CreateInput, actor?: Actor): Promise<string>
  /** A draft of the fakes' texts that reuses the assets of the first such draft, so nothing is spoken or fetched for it. */
  ready(actor?: Actor): Promise<string>
  load(draftId: string): Promise<DraftWithSegments>
}

export interface TestProgramOptions extends ComposeOptions {
  fakes?: FakeProviders
  folder?: string
  start?: boolean
  /** False for tests that look at which files exist, or at which processes are started to inspect footage. */
  knowsFootage?: boolean
  env?: NodeJS.ProcessEnv
  /** By default nothing is logged. */
  log?: Logger
}

/** The whole program on fake providers, with its own database and folder; it is already running. */
export async function testProgram(options: TestProgramOptions = {}): Promise<TestProgram> {
  return startProgram({ folder: await temporaryFolder(), ...options }, onTestFinished)
}

/**
 * One program for all tests of a file, because each new one has to make its voices first. Tests use their own drafts, and reset
 * whatever they change about the fakes.
 */
export function sharedProgram(options: TestProgramOptions = {}): () => TestProgram {
  const cleanups: (() => Promise<void>)[] = []
  let program: TestProgram | undefined
  beforeAll(async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-test-'))
    cleanups.push(() => rm(folder, { recursive: true, force: true }))
    program = await startProgram({ folder, ...options }, (cleanup) => cleanups.push(cleanup))
  })
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup()
  })
  return () => {
    if (!program) throw new Error('the program starts before the first test')
    return program
  }
}

let newDatabase: Promise<Buffer> | undefined

/** Copies a migrated database to where there is none yet: the migrations take longer than many tests. */
async function copyDatabase(file: string): Promise<void> {
  newDatabase ??= inTemporaryFolder(async (folder) => {
    const made = path.join(folder, 'new.sqlite')
    await (await openDatabase(made)).close()
    return readFile(made)
  })
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, await newDatabase, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-test-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function startProgram(
  {
    folder,
    knowsFootage = true,
    log = pino({ level: 'silent' }),
    ...options
  }: TestProgramOptions & { folder: string },
  whenFinished: (cleanup: () => Promise<void>) => void,
): Promise<TestProgram> {
  const fakes = options.fakes ?? fakeProviders()
  const settings = loadSettings({ DATA_DIR: folder, ...QUICK_FFMPEG, ...options.env })
  if (options.env?.DATABASE_URL === undefined) await copyDatabase(databaseFile(settings))
  const quick = await foundFfmpeg(settings)
  const program = await compose(settings, log, {
    rendersAhead: false,
    // A second program may take over the folder of a first one that is considered dead.
    locksFolder: false,
    providers: fakes,
    ...quick,
    ...options,
  })
  if (knowsFootage && program.core.ffmpeg === quick.ffmpeg) await knowFootage(program.core, folder)
  let stopped: Promise<void> | null = null
  const stop = (grace?: number) => {
    stopped ??= program.stop(grace)
    return stopped
  }
  whenFinished(() => stop())
  if (options.start !== false) await program.start()
  const load = (draftId: string) => getDraft(program.core, PLACE.workspace, draftId)
  async function draft(input: CreateInput = { topic: 'Tea' }, actor = ANN, place = PLACE) {
    const { draftId } = await requestDraft(program.core, input, actor, place)
    await program.queue.idle(draftId)
    return draftId
  }
  let model: Promise<string> | undefined
  async function ready(actor = ANN) {
    // On a platform that is never there: a thread of its own would come among those of the test, sooner or later.
    model ??= draft(SMALL, ANN, { ...PLACE, surface: 'nowhere' })
    const { segments } = await load(await model)
    const draftId = await draft({ ...SMALL, collect: false }, actor)
    const em = program.core.db.fork()
    for (const { segmentIndex, ...segment } of segments)
      await em.nativeUpdate(SegmentEntity, { draftId, segmentIndex }, assetsOf(segment))
    await em.nativeUpdate(DraftEntity, { draftId }, { status: 'assets_ready' })
    // Its thread may have been posted in between.
    program.core.events.changed(draftId)
    return draftId
  }
  return { ...program, stop, fakes, folder, load, draft, ready }
}

function assetsOf(segment: Omit<Segment, 'segmentIndex'>): Partial<Segment> {
  const { id, draftId, text, keyword, imageSearchQuery, version, createdAt, updatedAt, ...assets } = segment
  return assets
}

/** The edit scope of a test: who edits which draft. */
export function scope(draftId: string, actor = ANN, workspace = PLACE.workspace): EditScope {
  return { workspace, draftId, actor }
}
