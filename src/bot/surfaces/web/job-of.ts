import type { JobView } from '../../../core/model/read-models.ts'
import { failureText } from '../../words/failures.ts'
import type { Words } from '../../words/index.ts'
import type { JobJson } from './draft-json.ts'

/** A job as shown to people. */
export function jobOf(job: Pick<JobView, 'jobId' | 'state' | 'progress' | 'error'>, words: Words): JobJson {
  const { jobId, state, progress, error } = job
  return {
    job_id: jobId,
    state,
    progress,
    error: state === 'cancelled' ? words.errors.cancelled(undefined) : error && failureText(words, error),
  }
}
