import { chmod, copyFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseCreateInput } from '../../../core/draft/create-input.ts'
import { requireWriter } from '../../../core/draft/write-script.ts'
import { makeFolder } from '../../../core/media/store/make-folder.ts'
import type { RenderReport } from '../../../core/media/types.ts'
import { UserError } from '../../../core/model/errors.ts'
import { isNodeError } from '../../../core/model/failure.ts'
import { DatabaseError } from '../../../db/database.ts'
import type { Segment } from '../../../db/entities/segment.ts'
import { LockError } from '../../../jobs/lock.ts'
import { TerminalChat } from '../../surfaces/terminal/chat.ts'
import { compose, type Program } from '../compose.ts'
import { loadSettings } from '../config.ts'
import { createLogger } from '../logger.ts'
import { MetricsError } from '../metrics/server.ts'
import { scriptProviders } from '../providers.ts'
import type { DemoArguments } from './arguments.ts'
import { DemoFailed } from './errors.ts'
import { DemoSession } from './session.ts'

/** What a teammate adds to a segment in the demo and then undoes. It doesn't require other footage. */
const ADDED = { en: "Isn't that something?", ko: '정말 그렇죠?' }
/** The teammate's new footage search. */
const OTHER_SEARCH = 'city lights at night'

/**
 * Takes one draft from a topic to a video in a terminal, with the same core, handlers and views as the bots.
 * @param umask for the video requested with `--out`; everything else is private.
 * @throws SettingsError, UserError `ffmpeg_missing`, DemoFailed: one line each.
 */
export async function playDemo(args: DemoArguments, umask: number): Promise<void> {
  const settings = loadSettings()
  // Before anything is written.
  requireWriter(await scriptProviders(settings), parseCreateInput(args.input))
  try {
    // Errors appear in the thread; log lines would only break it up.
    // Nobody is notified about a demo.
    const { WEBHOOK_URL: _, ...quiet } = settings
    const program = await compose(quiet, createLogger({ LOG_LEVEL: 'silent' }), {
      rendersAhead: false,
      what: 'npm run demo',
    })
    const interrupted = () => void program.stop().finally(() => process.exit(130))
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
    await play(program, settings.DATA_DIR, args, umask).finally(() => program.stop())
  } catch (error) {
    throw isExpected(error) ? new DemoFailed(error.message, { cause: error }) : error
  }
}

/** Errors caused by the machine. A UserError such as `ffmpeg_missing` speaks for itself. */
function isExpected(error: unknown): error is Error {
  if (error instanceof UserError) return false
  const isKnown =
    error instanceof DatabaseError || error instanceof LockError || error instanceof MetricsError
  return isKnown || isNodeError(error)
}

async function play(program: Program, folder: string, args: DemoArguments, umask: number): Promise<void> {
  const chat = new TerminalChat(process.stdout)
  const session = new DemoSession(program, chat)
  const clock = stopwatch()
  const { ffmpeg } = program.core
  chat.say(`ffmpeg ${ffmpeg.version} (${ffmpeg.source})`)
  if (ffmpeg.source === 'embedded')
    chat.say(
      'This is the ffmpeg from 2018 that comes with the npm package. It is fine for trying Rushes out; install ffmpeg 5 or newer for daily use.',
    )
  program.threads.register(chat)
  await program.start()

  chat.say('\n# Someone types /draft create\n')
  await session.create(args.input).finally(() => chat.print())
  clock.lap('script, voices and footage')

  const { segments } = await session.load()
  const [first, second = first] = segments
  if (!first || !second) throw new DemoFailed('The draft has no segments.')
  chat.say(
    `\n# A teammate edits the text of segment 1 and the footage search of segment ${second.segmentIndex + 1}\n`,
  )
  const added = (await session.load()).draft.language === 'ko' ? ADDED.ko : ADDED.en
  await session.fillIn('edit_form', { text: `${first.text} ${added}` }, first.id)
  await session.fillIn('edit_form', { searchQuery: OTHER_SEARCH }, second.id)
  chat.print()
  chat.say(changes(segments, (await session.load()).segments))
  clock.lap('two edits')

  chat.say('\n# Someone presses Render\n')
  const one = await render(session, chat)
  clock.lap('first render')

  chat.say('\n# The sentence was one too many: reopen, edit segment 1 once more, render again\n')
  await session.press('reopen')
  await session.fillIn('edit_form', { text: first.text }, first.id)
  const two = await render(session, chat)
  clock.lap('second render, after one edit')
  chat.say(`First render:  ${summary(one.report)}\nSecond render: ${summary(two.report)}`)

  if (args.editing) {
    chat.say('\n# Someone presses Download, and there Files for editing\n')
    await session.press('bundle')
    chat.print()
    clock.lap('files for editing')
  }

  // For a person at this machine, who has this folder as the store.
  const made = path.resolve(folder, two.video)
  const video = args.out === null ? made : await copyOut(made, args.out, umask)
  chat.say(`\nVideo: ${path.relative(process.cwd(), video) || video} (${two.report.duration.toFixed(2)} s)`)
  chat.say(`Time:  ${clock.laps()}`)
}

async function render(session: DemoSession, chat: TerminalChat) {
  await session.render()
  chat.print()
  return session.lastRender()
}

/** One line per segment: what was remade and what was kept. */
function changes(before: Segment[], after: Segment[]): string {
  return after
    .map((segment, index) => {
      const old = before[index]
      const state = (same: boolean) => (same ? 'kept' : 'new')
      const voice = state(old?.ttsLocalPath === segment.ttsLocalPath)
      const footage = state(old?.videoLocalPath === segment.videoLocalPath)
      return `Segment ${segment.segmentIndex + 1}: voice ${voice}, footage ${footage}`
    })
    .join('\n')
}

function summary({ clipsEncoded, clipsReused, timings }: RenderReport): string {
  const parts = [
    `clips ${timings.clips.toFixed(1)} s`,
    `sound ${timings.sound.toFixed(1)} s`,
    `join ${timings.join.toFixed(1)} s`,
  ]
  return `${clipsEncoded} ${clipsEncoded === 1 ? 'clip' : 'clips'} encoded, ${clipsReused} kept, ${timings.total.toFixed(1)} s (${parts.join(', ')})`
}

async function copyOut(video: string, target: string, umask: number): Promise<string> {
  const own = process.umask(umask)
  try {
    await makeFolder(path.dirname(target))
    const before = await stat(target).catch(() => null)
    await copyFile(video, target)
    // A copy has the permissions of its original.
    await chmod(target, before?.mode ?? 0o666 & ~umask)
    return target
  } catch (cause) {
    const reason = isNodeError(cause) ? cause.code : String(cause)
    throw new DemoFailed(`The video could not be copied to ${target} (${reason}). It is saved as ${video}.`, {
      cause,
    })
  } finally {
    process.umask(own)
  }
}

function stopwatch() {
  const laps: string[] = []
  const begin = performance.now()
  let last = begin
  const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(1)
  return {
    lap(what: string) {
      laps.push(`${what} ${seconds(last)} s`)
      last = performance.now()
    },
    laps: () => `${laps.join(' · ')} · total ${seconds(begin)} s`,
  }
}
