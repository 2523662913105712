import path from 'node:path'
import type { RenderTools } from '../types.ts'
import { type MediaInfo, probeMedia } from './probe.ts'

/**
 * Like `probeMedia`, for files that a render reads. A stored file's name identifies its content, so it is probed only once
 * for its still, its clips, the end of a film and its poster. A file outside the store may be different each time.
 * @param source a name in the store, or an absolute path outside it. @param file its current location.
 */
export async function knownMedia(
  { ffmpeg, store }: RenderTools,
  source: string,
  file: string,
  signal?: AbortSignal,
): Promise<MediaInfo> {
  const probe = () => probeMedia(ffmpeg, file, signal)
  return path.isAbsolute(source) ? probe() : store.derived(keyOf(ffmpeg, source), probe)
}

/** Remembers the properties of a file that was probed before it was stored under this name. */
export async function rememberMedia(
  { ffmpeg, store }: RenderTools,
  name: string,
  media: MediaInfo,
): Promise<void> {
  await store.derived(keyOf(ffmpeg, name), async () => media)
}

/** Two builds may report different properties for a file. */
function keyOf({ ffprobePath }: RenderTools['ffmpeg'], source: string): string {
  return `media ${ffprobePath} ${source}`
}
