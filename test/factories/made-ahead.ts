import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { whatCanBeAhead } from '../../src/core/draft/clip-jobs.ts'
import type { Core } from '../../src/core/draft/core.ts'
import type { DraftWithSegments } from '../../src/core/draft/load.ts'
import { clipStyleOf, edgesOf, renderSegmentOf } from '../../src/core/draft/storyboard.ts'
import { clipPath } from '../../src/core/media/clip/clip.ts'
import { onDisk } from './on-disk.ts'

/** Puts a file wherever a draft's clips are looked up, so that they count as made. */
export async function madeAhead(core: Core, { draft, segments }: DraftWithSegments): Promise<void> {
  const tools = { ffmpeg: core.ffmpeg, store: core.store }
  const ahead = await whatCanBeAhead(core, draft, segments)
  const previews = ahead.flatMap(({ job }) =>
    job.kind === 'clip' ? [job.key.split(':').slice(2).join(':')] : [],
  )
  const clips = await Promise.all(
    segments.map((segment) =>
      clipPath(tools, renderSegmentOf(draft, segment, edgesOf(segments)), clipStyleOf(draft)),
    ),
  )
  for (const file of [...previews, ...clips]) {
    await mkdir(path.dirname(onDisk(core.store, file)), { recursive: true })
    await writeFile(onDisk(core.store, file), 'clip')
  }
}
