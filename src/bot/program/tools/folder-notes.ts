import { decodeSound } from '../../../core/media/ffmpeg/decodes.ts'
import type { Ffmpeg } from '../../../core/media/ffmpeg/ffmpeg.ts'
import { inspectFootage, tryPlaying } from '../../../core/media/footage/inspect.ts'
import { standsForItself } from '../../../core/media/pictures/file-kind.ts'
import { ENGLISH_UNUSABLE, type Unusable, UnusableError } from '../../../core/model/unusable.ts'
import type { ListedFile } from '../../../core/providers/folders/list-folder.ts'
import { mayBeMusic } from '../../../core/providers/folders/music-folder.ts'
import { type Survey, survey } from '../../../core/providers/folders/survey.ts'
import type { Settings } from '../config.ts'
import { ffmpegFor } from '../find-ffmpeg.ts'

/** Time limit for the files of one folder, in milliseconds. */
const PATIENCE = 60_000
/** Maximum number of files named per folder. */
const MOST_NAMED = 50
/** Seconds of each music file that are decoded. */
const ENOUGH_SOUND = 5

/** The unusable files in MEDIA_DIR and MUSIC_DIR, one sentence each; empty if a folder can't be read. */
export async function folderNotes(settings: Settings): Promise<string[]> {
  const { MEDIA_DIR, MUSIC_DIR } = settings
  const ffmpeg = MEDIA_DIR || MUSIC_DIR ? await ffmpegFor(settings).catch(() => null) : null
  if (ffmpeg === null) return []
  const media = (file: ListedFile, signal: AbortSignal) => whyNoFootage(ffmpeg, file, signal)
  const music = (file: ListedFile, signal: AbortSignal) => whyNoMusic(ffmpeg, file, signal)
  return [
    ...(MEDIA_DIR ? await notesOn('MEDIA_DIR', survey(MEDIA_DIR, isMedia, media, clock())) : []),
    ...(MUSIC_DIR ? await notesOn('MUSIC_DIR', survey(MUSIC_DIR, mayBeMusic, music, clock())) : []),
  ]
}

const clock = () => AbortSignal.timeout(PATIENCE)
const isMedia = ({ name }: ListedFile) => standsForItself(name)

async function whyNoFootage(
  ffmpeg: Ffmpeg,
  { path, isLink }: ListedFile,
  signal: AbortSignal,
): Promise<Unusable | null> {
  if (isLink) return 'link'
  try {
    await inspectFootage(ffmpeg, path, signal)
    await tryPlaying(ffmpeg, path, signal)
    return null
  } catch (error) {
    if (error instanceof UnusableError) return error.why
    throw error
  }
}

async function whyNoMusic(
  ffmpeg: Ffmpeg,
  { path, isLink }: ListedFile,
  signal: AbortSignal,
): Promise<Unusable | null> {
  if (isLink) return 'link'
  return (await decodeSound(ffmpeg, path, ENOUGH_SOUND, signal)) > 0 ? null : 'silent'
}

async function notesOn(setting: string, looking: Promise<Survey>): Promise<string[]> {
  const found = await looking.catch(() => null)
  if (found === null) return []
  const { unusable, lookedInto, total } = found
  const named = unusable.slice(0, MOST_NAMED)
  const others = unusable.length - named.length
  return [
    ...named.map(({ name, why }) => `${setting}: “${name}” cannot be used: ${ENGLISH_UNUSABLE[why]}.`),
    ...(others > 0 ? [`${setting}: ${others} more files cannot be used.`] : []),
    ...(lookedInto < total
      ? [`${setting}: in ${PATIENCE / 1000} seconds, ${lookedInto} of ${total} files could be looked into.`]
      : []),
  ]
}
