import path from 'node:path'
import { LRUCache } from 'lru-cache'
import type { RenderTools } from '../types.ts'
import { type MediaInfo, probeMedia } from './probe.ts'

/** Files whose properties are remembered, about a kilobyte each. */
const FILES = 1000
const remembered = new WeakMap<RenderTools['store'], LRUCache<string, MediaInfo>>()

/**
 * As `probeMedia`, for what a render reads. The name of a stored file stands for its content, so that it is probed once: for its
 * still, its clips, the end of a film and its poster. A file outside of the store may be another one each time.
 * @param source A name in the store, or an absolute path outside. @param file Where it lies now.
 */
export async function knownMedia(
  { ffmpeg, store }: RenderTools,
  source: string,
  file: string,
  signal?: AbortSignal,
): Promise<MediaInfo> {
  if (path.isAbsolute(source)) return probeMedia(ffmpeg, file, signal)
  const found = knownIn(store).get(keyOf(ffmpeg, source)) ?? (await probeMedia(ffmpeg, file, signal))
  rememberMedia({ ffmpeg, store }, source, found)
  return found
}

/** Says what a file is that has been probed before it was stored under this name. */
export function rememberMedia({ ffmpeg, store }: RenderTools, name: string, media: MediaInfo): void {
  knownIn(store).set(keyOf(ffmpeg, name), media)
}

function knownIn(store: RenderTools['store']): LRUCache<string, MediaInfo> {
  const known = remembered.get(store) ?? new LRUCache<string, MediaInfo>({ max: FILES })
  remembered.set(store, known)
  return known
}

/** Two builds may see a file differently. */
function keyOf({ ffprobePath }: RenderTools['ffmpeg'], source: string): string {
  return `${ffprobePath} ${source}`
}
