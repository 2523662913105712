import { renderThumbnail } from '../media/clip/thumbnail.ts'
import type { Core } from './core.ts'

/** A still of fresh footage: what the segment's message shows until its clip is there. */
export async function makeStill(core: Core, footage: string | null, signal: AbortSignal): Promise<void> {
  if (footage === null) return
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  await renderThumbnail(tools, core.store.absolute(footage), { signal })
}
