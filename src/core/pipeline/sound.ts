import { DraftEntity } from '../../db/entities/draft.ts'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { isComplete } from '../draft/completeness.ts'
import type { Core } from '../draft/core.ts'
import { usingFiles } from '../draft/draft-files.ts'
import { loadRenderable } from '../draft/load.ts'
import type { PayloadInput } from '../draft/payloads.ts'
import { pickMusic } from '../draft/pick-music.ts'
import { storyboardOf } from '../draft/storyboard.ts'
import { prepareWatch } from '../draft/watch.ts'
import { renderSound } from '../media/sound/sound.ts'

/** Mixes the current draft's sound, so that the final render finds it ready. */
export async function runSound(core: Core, { jobId, draftId }: Job, signal: AbortSignal): Promise<void> {
  const em = core.db.fork()
  const draft = await em.findOne(DraftEntity, { draftId: draftId ?? '' })
  if (!draft) return
  const segments = await loadRenderable(em, draft.draftId)
  if (!segments.every(isComplete)) return
  const board = storyboardOf(draft, segments)
  const sound = await usingFiles(core, draft.draftId, async () => {
    const { track } = await pickMusic(core, board, signal)
    const tools = { ffmpeg: core.ffmpeg, store: core.store }
    return renderSound(tools, board, track, { signal, urgency: 'background' })
  })
  const payload: PayloadInput<'sound'> = { sound }
  await core.db.fork().nativeUpdate(JobEntity, { jobId }, { payload })
  await prepareWatch(core, draft, segments, signal)
}
