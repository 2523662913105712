import PQueue from 'p-queue'
import type { Job, JobKind } from '../db/entities/job.ts'
import { type Caps, Lately } from './choose-next.ts'
import type { QueueOptions } from './queue-options.ts'

/** A lane in use. Waiting jobs stay in the table, so a restarted process finds them. */
export interface Lane {
  kinds: readonly JobKind[]
  running: PQueue
  caps: Caps
  /** Whose jobs started here recently; kept in this process only, since it matters for minutes. */
  lately: Lately
  /** When it last had work, by `performance.now()`. */
  idleSince: number
}

export interface Working {
  job: Job
  /** How it ended; set from the end of its work until that is recorded. */
  ending?: Partial<Job>
  controller: AbortController
  done: Promise<void>
}

export function lanesOf(lanes: QueueOptions['lanes']): Lane[] {
  return lanes.map(({ kinds, concurrency, ...caps }) => ({
    ...{ kinds, caps },
    running: new PQueue({ concurrency }),
    lately: new Lately(),
    idleSince: performance.now(),
  }))
}
