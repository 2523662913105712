import type { Draft } from '../../db/entities/draft.ts'
import type { RunOptions } from '../media/ffmpeg/run-ffmpeg.ts'
import { renderVideo } from '../media/film/render-video.ts'
import { hashOf } from '../media/store/hash.ts'
import { UserError } from '../model/errors.ts'
import { storedName } from '../model/store.ts'
import { isComplete } from './completeness.ts'
import type { Core } from './core.ts'
import type { RenderableSegment } from './load.ts'
import { pickMusic } from './pick-music.ts'
import { storyboardOf } from './storyboard.ts'

/**
 * The whole draft as it is now, as a path in the store: its clips and its sound, joined. What is there already is not made
 * again, so that it is quick while clips are rendered ahead.
 * @throws UserError `assets_missing` while a voice or footage is missing, and what a render throws.
 */
export async function makeWatchable(
  core: Core,
  draft: Draft,
  segments: readonly RenderableSegment[],
  options: RunOptions & { signal: AbortSignal },
): Promise<string> {
  const missing = segments.filter((segment) => !isComplete(segment))
  if (missing.length > 0) {
    const places = missing.map(({ segmentIndex }) => segmentIndex + 1).join(', ')
    throw new UserError('assets_missing', { segments: places })
  }
  const board = storyboardOf(draft, segments)
  const { track } = await pickMusic(core, board, options.signal)
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  return core.store.put(storedName('previews', hashOf(['watch', board, track]), 'mp4'), async (file) => {
    await renderVideo(tools, board, track, file, options)
  })
}
