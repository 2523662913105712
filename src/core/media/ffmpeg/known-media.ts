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
  const known = remembered.get(store) ?? new LRUCache<string, MediaInfo>({ max: FILES })
  remembered.set(store, known)
  const key = `${ffmpeg.ffprobePath} ${source}`
  const found = known.get(key) ?? (await probeMedia(ffmpeg, file, signal))
  known.set(key, found)
  return found
}
