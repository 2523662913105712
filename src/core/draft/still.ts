import { renderThumbnail } from '../media/clip/thumbnail.ts'
import type { Core } from './core.ts'

/** A still of new footage, shown in the segment's message until its clip is ready. */
export async function makeStill(core: Core, footage: string | null, signal: AbortSignal): Promise<void> {
  if (footage === null) return
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  await renderThumbnail(tools, footage, { signal })
}
