import path from 'node:path'
import { LRUCache } from 'lru-cache'
import type { RenderTools } from '../types.ts'
import { type MediaInfo, probeMedia } from './probe.ts'

/** The number of files whose properties are cached, about a kilobyte each. */
const FILES = 1000
const remembered = new WeakMap<RenderTools['store'], LRUCache<string, MediaInfo>>()

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
  if (path.isAbsolute(source)) return probeMedia(ffmpeg, file, signal)
  const found = knownIn(store).get(keyOf(ffmpeg, source)) ?? (await probeMedia(ffmpeg, file, signal))
  rememberMedia({ ffmpeg, store }, source, found)
  return found
}

/** Caches the properties of a file that was probed before it was stored under this name. */
export function rememberMedia({ ffmpeg, store }: RenderTools, name: string, media: MediaInfo): void {
  knownIn(store).set(keyOf(ffmpeg, name), media)
}

function knownIn(store: RenderTools['store']): LRUCache<string, MediaInfo> {
  const known = remembered.get(store) ?? new LRUCache<string, MediaInfo>({ max: FILES })
  remembered.set(store, known)
  return known
}

/** Two builds may report different properties for a file. */
function keyOf({ ffprobePath }: RenderTools['ffmpeg'], source: string): string {
  return `${ffprobePath} ${source}`
}
