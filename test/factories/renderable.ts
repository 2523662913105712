import { readdir } from 'node:fs/promises'
import { vi } from 'vitest'
import { listJobs } from '../../src/core/draft/jobs.ts'
import { type RenderInput, requestRender } from '../../src/core/draft/render.ts'
import type { Job } from '../../src/db/entities/job.ts'
import { onDisk } from './on-disk.ts'
import { ANN, PLACE } from './people.ts'
import { SMALL, scope, type TestProgram } from './program.ts'

let spoken = 0

/** A draft of one short segment, and functions to work with its render. */
export async function renderable(on: TestProgram, input: { lacksVoice?: boolean } = {}) {
  const { core, queue, load, fakes } = on
  fakes.onVoice = async () => {}
  // A text that has not been spoken yet, because a voice is made once for all drafts.
  fakes.texts = [input.lacksVoice ? `Ready for number ${++spoken}?` : 'Ready?']
  const draftId = input.lacksVoice ? await on.draft({ ...SMALL, collect: false }) : await on.ready()
  const jobs = async () => (await listJobs(core, PLACE.workspace, { draftId })).jobs
  return {
    core,
    fakes,
    draftId,
    scope: scope(draftId),
    start: (options?: RenderInput, actor = ANN) => requestRender(core, scope(draftId, actor), options),
    jobs,
    job: async (): Promise<Job> => {
      const [job] = await jobs()
      if (!job) throw new Error('there is no render')
      return job
    },
    settled: () => queue.idle(draftId),
    draft: async () => (await load(draftId)).draft,
    segments: async () => (await load(draftId)).segments,
    videos: () =>
      readdir(onDisk(core.store, 'videos')).then(
        (files) => files.filter((file) => file.startsWith(draftId)),
        () => [],
      ),
    /** Makes the render's voice hang forever, and waits until it is requested. */
    stuck: async () => {
      const before = fakes.spoken.length
      fakes.onVoice = () => new Promise(() => {})
      return async () => {
        await vi.waitUntil(() => fakes.spoken.length > before, { timeout: 30_000, interval: 5 })
      }
    },
  }
}
