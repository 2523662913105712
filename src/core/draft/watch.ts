import type { Draft } from '../../db/entities/draft.ts'
import { activeJobs } from '../../db/queries/jobs.ts'
import { clipsMissing, prepareWatchable, watchableFilm } from '../media/film/watchable.ts'
import { UserError } from '../model/errors.ts'
import { isComplete } from './completeness.ts'
import type { Core } from './core.ts'
import { usingFiles } from './draft-files.ts'
import type { RenderableSegment } from './load.ts'
import { payloadOf } from './payloads.ts'
import { pickMusic } from './pick-music.ts'
import { requireSpace } from './space.ts'
import { storyboardOf } from './storyboard.ts'

/** Maximum bytes of a small preview of a whole draft: what the strictest platforms accept. */
const SMALL_PREVIEW = 10 * 1024 ** 2

interface Watching {
  /** The largest file that can be shown, in bytes. */
  limit: number
  signal: AbortSignal
  /** Called with the positions, from 1, of segments whose clips have to be made first. */
  onMaking: (places: number[]) => Promise<void>
}

/**
 * The whole current draft in one file: its clips and its sound. Its status doesn't change. Missing clips are made, but
 * voices and footage must be there.
 * @returns the path in the store, for `usingFiles`.
 * @throws UserError `watch_not_yet` while voices or footage are being made, `assets_missing` where they failed, `disk_low`,
 * `watch_too_long`, and what a render throws.
 */
export async function makeWatchable(
  core: Core,
  draft: Draft,
  segments: readonly RenderableSegment[],
  { limit, signal, onMaking }: Watching,
): Promise<string> {
  await requireAssets(core, draft, segments)
  await requireSpace(core)
  const board = storyboardOf(draft, segments)
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  const missing = await clipsMissing(tools, board)
  if (missing.length > 0) await onMaking(missing.map((index) => index + 1))
  const { track } = await pickMusic(core, board, signal)
  return watchableFilm(tools, board, track, limit, { signal, urgency: 'asked' })
}

/**
 * Prepares the parts of a preview if the draft's platform only takes small files. Nobody has requested this, so errors are
 * only logged; people will see them if they request the preview.
 */
export async function prepareWatch(
  core: Core,
  draft: Draft,
  segments: readonly RenderableSegment[],
  signal: AbortSignal,
): Promise<void> {
  const { draftId, surface } = draft
  if (!core.smallUploads.has(surface) || segments.length === 0 || !segments.every(isComplete)) return
  const board = storyboardOf(draft, segments)
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  const options = { signal, urgency: 'background' } as const
  try {
    await usingFiles(core, draftId, async () => {
      const { track } = await pickMusic(core, board, signal)
      await prepareWatchable(tools, board, track, SMALL_PREVIEW, options)
    })
  } catch (err) {
    if (signal.aborted) throw err
    core.log.warn({ draft: draftId, err }, 'a preview could not be prepared')
  }
}

async function requireAssets(
  core: Core,
  { draftId }: Draft,
  segments: readonly RenderableSegment[],
): Promise<void> {
  const missing = segments.filter((segment) => !isComplete(segment))
  const placesOf = (some: readonly RenderableSegment[]) =>
    some.map(({ segmentIndex }) => segmentIndex + 1).join(', ')
  if (segments.length > 0 && missing.length === 0) return
  const jobs = await activeJobs(core.db.fork(), { draftId, kind: 'collect' })
  const making = new Set(jobs.map((job) => payloadOf('collect', job).segmentId))
  const failed = missing.filter(({ id }) => !making.has(id))
  if (failed.length > 0) throw new UserError('assets_missing', { segments: placesOf(failed) })
  throw new UserError('watch_not_yet', { segments: placesOf(missing) })
}
