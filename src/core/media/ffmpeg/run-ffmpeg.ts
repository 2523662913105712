import { ChildProcess } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import FfmpegCommand from 'fluent-ffmpeg'
import { UserError } from '../../model/errors.ts'
import { FPS } from '../../model/formats.ts'
import type { Ffmpeg } from './ffmpeg.ts'
import { type FfmpegJob, limitsOf, SLOWEST, withoutFolders } from './ffmpeg-args.ts'
import type { Urgency } from './pool.ts'
import { guardProcess } from './process-guard.ts'
import { asStartError } from './start-error.ts'
import { PATIENCE, type Watch, watchProcess } from './watchdog.ts'

export interface RunOptions {
  signal?: AbortSignal | undefined
  /** Decides who gets a free slot first; `asked` by default. Background runs also get a lower CPU priority. */
  urgency?: Urgency | undefined
  /** Called with the finished fraction, 0 to 1, about twice a second. */
  onProgress?: ((fraction: number) => void) | undefined
}

/** A run's standard error, and how much it wrote. */
export interface RunOutput {
  log: string
  frames: number
  /** The output's length, to a hundredth. */
  seconds: number
}

/**
 * Runs ffmpeg as soon as there is a slot for it, at a lower priority than the bot.
 * @throws UserError `cancelled` (ffmpeg is killed with SIGKILL), `disk_full`, `ffmpeg_missing` if it can't be started, or
 * `ffmpeg_failed` with ffmpeg's last meaningful line, or with the watchdog's reason for ending it.
 */
export function runFfmpeg(ffmpeg: Ffmpeg, job: FfmpegJob, options: RunOptions = {}): Promise<RunOutput> {
  const { signal, urgency = 'asked', onProgress } = options
  return ffmpeg.pool.run(urgency, signal, (signal) => runInSlot(ffmpeg, job, { signal, onProgress, urgency }))
}

async function runInSlot(ffmpeg: Ffmpeg, job: FfmpegJob, options: RunOptions): Promise<RunOutput> {
  const { signal, onProgress } = options
  if (signal?.aborted) throw new UserError('cancelled')
  const lines: string[] = []
  const written = { frames: 0, seconds: 0 }
  let watch: Watch | null = null

  const command = buildCommand(ffmpeg, job)
  command.on('stderr', (line: string) => {
    const done = progressOf(line)
    if (!done) {
      keep(lines, line)
      return
    }
    watch?.at(`${done.frames} ${done.seconds} ${done.size}`)
    written.frames = Math.max(written.frames, done.frames)
    written.seconds = Math.max(written.seconds, done.seconds)
    const reached = done.frames > 0 ? done.frames / FPS : done.seconds
    if (job.seconds > 0) onProgress?.(Math.min(1, reached / job.seconds))
  })

  const kill = () => watch?.kill()
  const reason = () => watch?.reason() ?? null
  try {
    await new Promise<void>((resolve, reject) => {
      command.on('start', () => {
        const child = startedProcess(command)
        if (child) {
          // fluent-ffmpeg's own listener throws if there is no process, which would crash this one.
          child.removeAllListeners('error').on('error', reject)
          lowerPriority(child, options.urgency)
          watch = watchRun(ffmpeg, job, child, reject)
        }
        if (signal?.aborted) kill()
      })
      // When asked to stop, it may exit as if it had finished.
      command.on('end', () => (reason() === null ? resolve() : reject(new Error('It was ended.'))))
      command.on('error', (error: Error) => reject(error))
      signal?.addEventListener('abort', kill, { once: true })
      command.run()
    })
  } catch (error) {
    if (signal?.aborted) throw new UserError('cancelled', undefined, { cause: error })
    throw explain(ffmpeg, lines, error, reason())
  } finally {
    signal?.removeEventListener('abort', kill)
  }
  // The 2018 build exits successfully if only the last part of a file doesn't fit on the disk.
  if (lines.some((line) => NO_SPACE.test(line))) throw new UserError('disk_full')
  return { log: lines.join('\n'), ...written }
}

function watchRun(
  ffmpeg: Ffmpeg,
  job: FfmpegJob,
  child: ChildProcess,
  onLost: (error: Error) => void,
): Watch {
  const { patience = PATIENCE } = ffmpeg
  const limit = patience.start + 1000 * job.seconds * (job.pace ?? SLOWEST)
  return watchProcess(child, { patience, limit, onLost })
}

/**
 * fluent-ffmpeg keeps ffmpeg's path in one variable for all commands and queries ffmpeg's capabilities twice before the
 * first run. Both are known here, so the command itself answers these lookups. They are private fields of version 2.1.3, as
 * is `ffmpegProc` below; no other file uses them.
 */
function buildCommand(ffmpeg: Ffmpeg, job: FfmpegJob): FfmpegCommand.FfmpegCommand {
  const command = FfmpegCommand({ stdoutLines: 1 })
  Object.assign(command, {
    _getFfmpegPath: (done: (error: null, path: string) => void) => done(null, ffmpeg.ffmpegPath),
    _checkCapabilities: (done: () => void) => done(),
    availableEncoders: (done: (error: null, encoders: object) => void) => done(null, {}),
  })
  const limits = limitsOf(job)
  for (const [index, input] of job.inputs.entries()) {
    command.input(input.source)
    const global = index === 0 ? [...limits.global, ...job.global] : []
    // fluent-ffmpeg takes two or more arguments as they are, but splits a single one at spaces.
    command.inputOptions(...global, ...limits.input, ...input.options)
  }
  command.output(job.output)
  command.outputOptions(...job.options, ...limits.output)
  return command
}

/** The process itself, for the watchdog: fluent-ffmpeg only reports how it ended. */
function startedProcess(command: object): ChildProcess | null {
  const started: unknown = Reflect.get(command, 'ffmpegProc')
  return started instanceof ChildProcess ? started : null
}

function lowerPriority(child: ChildProcess, urgency: Urgency | undefined): void {
  guardProcess(child)
  if (child.pid === undefined) return
  try {
    const { PRIORITY_LOW, PRIORITY_BELOW_NORMAL } = constants.priority
    setPriority(child.pid, urgency === 'background' ? PRIORITY_LOW : PRIORITY_BELOW_NORMAL)
  } catch {
    // It has already exited, the only way this fails; its exit is reported elsewhere.
  }
}

function progressOf(line: string): { frames: number; seconds: number; size: string } | null {
  if (!/^(frame|L?size)=/.test(line)) return null
  const frames = Number(/^frame=\s*(\d+)/.exec(line)?.[1] ?? 0)
  const size = /size=\s*(\S+)/.exec(line)?.[1] ?? ''
  const [, hours = 0, minutes = 0, seconds = 0] = /time=(\d+):(\d+):([\d.]+)/.exec(line) ?? []
  return { frames, seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds), size }
}

/** The number of characters kept of a line: a file's tags can be of any length. */
const LONGEST_LINE = 2000

/** The first lines describe the inputs, the last ones say what went wrong or was measured. */
function keep(lines: string[], line: string): void {
  if (line.trim() === '') return
  lines.push(line.slice(0, LONGEST_LINE))
  if (lines.length > 400) lines.splice(100, 100)
}

const NO_SPACE = /No space left on device|Disk quota exceeded|File too large|SIGXFSZ/
/** Lines that merely follow an error already printed, or that aren't errors. */
const NOISE =
  /^(Conversion failed|Error while (filtering|processing)|Error reinitializing|Failed to inject|Fontconfig|\s)|deprecated|^\[aac @|not on whitelist/

function explain(ffmpeg: Ffmpeg, lines: string[], error: unknown, reason: string | null): Error {
  const notStarted = asStartError(ffmpeg.ffmpegPath, error)
  if (notStarted) return notStarted
  if (reason !== null) return new UserError('ffmpeg_failed', { detail: reason }, { cause: error })
  const message = error instanceof Error ? error.message : String(error)
  const all = [...lines, message]
  if (all.some((line) => NO_SPACE.test(line))) return new UserError('disk_full', undefined, { cause: error })
  const meaningful = lines.filter((line) => !NOISE.test(line)).at(-1) ?? message
  return new UserError(
    'ffmpeg_failed',
    { detail: withoutFolders(meaningful).slice(0, 300) },
    { cause: error },
  )
}
