import { createHash } from 'node:crypto'
import { access, realpath } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../../model/errors.ts'
import { captureOutput } from './capture-output.ts'
import { createPool, type FfmpegPool } from './pool.ts'
import { PATIENCE, type Patience } from './watchdog.ts'

/** The ffmpeg and ffprobe used by this process. */
export interface Ffmpeg {
  ffmpegPath: string
  ffprobePath: string
  /** Identifies the build; part of every cache key, because builds encode differently. */
  build: string
  /** Where it was found. `embedded` is npm's build from 2018: it works, but is meant for trying things out. */
  source: 'setting' | 'system' | 'embedded'
  version: string
  /** Whether HDR footage can be tone mapped (it has zscale and tonemap). */
  canToneMap: boolean
  /** The slots shared by all runs of ffmpeg. */
  pool: FfmpegPool
  /** The time limits of each run; PATIENCE by default. */
  patience?: Patience | undefined
}

export interface FfmpegSettings {
  /** A path that must be used; null to search for one. */
  ffmpegPath?: string | null
  ffprobePath?: string | null
  /** How many ffmpeg processes may run at once; 2 by default. */
  concurrency?: number
  patience?: Patience
}

/** Milliseconds in which a program reports its version and capabilities. */
const INTRODUCTION = 20_000
const ENCODERS = ['libx264', 'aac']
const FILTERS = ['ass', 'sidechaincompress', 'alimiter', 'ebur128', 'zoompan', 'tpad']
/** libavutil 57 came with ffmpeg 5.0; git builds (`N-…`) have no other comparable number. */
const LIBAVUTIL_OF_FFMPEG_5 = 57

/**
 * Finds a suitable ffmpeg: the one named in the settings, else the system's, else the embedded one. Throws `ffmpeg_missing`
 * if the named one isn't suitable, or if there is none.
 */
export async function findFfmpeg(settings: FfmpegSettings = {}): Promise<Ffmpeg> {
  const { patience = PATIENCE } = settings
  const embedded = await embeddedPaths()
  const found = await firstFitting(settings.ffmpegPath ?? null, embedded.ffmpeg, patience)
  const ffprobePath = await findFfprobe(settings.ffprobePath ?? null, found, embedded.ffprobe, patience)
  return { ...found, ffprobePath, pool: createPool(settings.concurrency ?? 2), patience }
}

type Found = Omit<Ffmpeg, 'ffprobePath' | 'pool' | 'patience'>

async function firstFitting(
  setting: string | null,
  embedded: string | null,
  patience: Patience,
): Promise<Found> {
  if (setting) {
    const isEmbedded = embedded !== null && (await sameFile(setting, embedded))
    const examined = await examine(setting, isEmbedded ? 'embedded' : 'setting', patience)
    if (typeof examined === 'string') {
      throw new UserError('ffmpeg_missing', { detail: `FFMPEG_PATH is ${setting}, but ${examined}.` })
    }
    return examined
  }
  const reasons: string[] = []
  for (const [source, file] of [
    ['system', 'ffmpeg'],
    ['embedded', embedded],
  ] as const) {
    const examined = file === null ? 'there is none for this platform' : await examine(file, source, patience)
    if (typeof examined !== 'string') return examined
    reasons.push(`${source === 'system' ? 'on this system' : 'from npm'}: ${examined}`)
  }
  throw new UserError('ffmpeg_missing', { detail: `${reasons.join('; ')}. Install ffmpeg 5 or newer.` })
}

/** A description of the binary, or why it can't be used. */
async function examine(file: string, source: Ffmpeg['source'], patience: Patience): Promise<Found | string> {
  const banner = await output(file, ['-hide_banner', '-version'], patience)
  if (banner === null) return 'it cannot be started'
  const version = /^ffmpeg version (\S+)/.exec(banner)?.[1]
  if (version === undefined) return 'it is not ffmpeg'
  const libavutil = Number(/^libavutil\s+(\d+)/m.exec(banner)?.[1] ?? 0)
  if (source !== 'embedded' && libavutil < LIBAVUTIL_OF_FFMPEG_5) {
    return `its version is ${version}, and 5 or newer is needed`
  }
  const [encoders, filters] = await Promise.all([
    output(file, ['-hide_banner', '-encoders'], patience),
    output(file, ['-hide_banner', '-filters'], patience),
  ])
  const has = (list: string | null, name: string) => new RegExp(`^ \\S+ +${name} `, 'm').test(list ?? '')
  const missing = [
    ...ENCODERS.filter((name) => !has(encoders, name)).map((name) => `the encoder ${name}`),
    ...FILTERS.filter((name) => !has(filters, name)).map((name) => `the filter ${name}`),
  ]
  if (missing.length > 0) return `it was built without ${missing.join(', ')}`
  return {
    ffmpegPath: file,
    build: createHash('sha256').update(banner).digest('hex').slice(0, 16),
    source,
    version,
    canToneMap: has(filters, 'zscale') && has(filters, 'tonemap'),
  }
}

/** The named one, else the one next to ffmpeg, else the system's, else the embedded one. */
async function findFfprobe(
  setting: string | null,
  ffmpeg: Found,
  embedded: string | null,
  patience: Patience,
): Promise<string> {
  const works = async (file: string) =>
    (await output(file, ['-hide_banner', '-version'], patience))?.startsWith('ffprobe version') === true
  if (setting) {
    if (await works(setting)) return setting
    throw new UserError('ffmpeg_missing', {
      detail: `FFPROBE_PATH is ${setting}, but that is not a working ffprobe.`,
    })
  }
  const beside = path.join(
    path.dirname(ffmpeg.ffmpegPath),
    process.platform === 'win32' ? 'ffprobe.exe' : 'ffprobe',
  )
  const isBeside = path.isAbsolute(ffmpeg.ffmpegPath) && (await exists(beside))
  for (const file of [isBeside ? beside : null, ffmpeg.source === 'embedded' ? null : 'ffprobe', embedded]) {
    if (file !== null && (await works(file))) return file
  }
  throw new UserError('ffmpeg_missing', { detail: 'ffprobe is missing. It comes with ffmpeg.' })
}

/** npm omits the binaries on unsupported platforms; the packages then throw on import. */
async function embeddedPaths(): Promise<{ ffmpeg: string | null; ffprobe: string | null }> {
  const [ffmpeg, ffprobe] = await Promise.all([
    import('@ffmpeg-installer/ffmpeg').then(
      (installer) => installer.default.path,
      () => null,
    ),
    import('@ffprobe-installer/ffprobe').then(
      (installer) => installer.default.path,
      () => null,
    ),
  ])
  return { ffmpeg, ffprobe }
}

async function output(file: string, args: string[], patience: Patience): Promise<string | null> {
  const limit = Math.min(INTRODUCTION, patience.silence)
  return captureOutput(file, args, { patience, limit }).catch(() => null)
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

async function sameFile(one: string, other: string): Promise<boolean> {
  const resolved = await Promise.all([one, other].map((file) => realpath(file).catch(() => null)))
  return resolved[0] !== null && resolved[0] === resolved[1]
}
