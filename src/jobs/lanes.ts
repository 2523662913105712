import PQueue from 'p-queue'
import type { Job, JobKind } from '../db/entities/job.ts'
import { type Caps, Lately } from './choose-next.ts'
import type { QueueOptions } from './queue-options.ts'

/** A lane in use. What waits for its turn stays in the table, for the process after a restart. */
export interface Lane {
  kinds: readonly JobKind[]
  running: PQueue
  caps: Caps
  /** Who had jobs begun in it lately; of this process only, as it matters for minutes. */
  lately: Lately
  /** Of `performance.now()`: when it last had work. */
  idleSince: number
}

export interface Working {
  job: Job
  /** How it ended, from the end of its work until that is written down. */
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
