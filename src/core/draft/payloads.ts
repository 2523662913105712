import { z } from 'zod'
import type { Job } from '../../db/entities/job.ts'
import { DraftRequest } from './create-input.ts'

/** What a job of the kind `create` carries. */
export const CreatePayload = z.object({
  request: DraftRequest,
  actor: z.object({ id: z.string(), name: z.string() }),
  place: z.object({
    surface: z.string(),
    workspace: z.string(),
    channelId: z.string(),
    threadId: z.string().nullable(),
  }),
  /** The platform's id of the event that asked for it, whose answer announces it; null where nothing was answered. */
  eventId: z.string().nullable().default(null),
  /** True for a script that takes the place of the draft's outline. */
  again: z.boolean().default(false),
})

const CollectPayload = z.object({ segmentId: z.number(), insist: z.boolean().default(false) })

/** What a job of the kinds `collect` and `clip` carries. */
export function collectPayload(job: Pick<Job, 'payload'>): z.infer<typeof CollectPayload> {
  return CollectPayload.parse(job.payload)
}

/** What a job of the kind `sound` carries once it is done: the path in the store. */
export const SoundPayload = z.object({ sound: z.string() })

export const CleanupPayload = z.object({ freedBytes: z.number() })
