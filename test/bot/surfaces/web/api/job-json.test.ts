import { expect, it } from 'vitest'
import { failedJob } from '../../../../../src/bot/surfaces/web/api/job-json.ts'
import { wordsFor } from '../../../../../src/bot/words/index.ts'
import { ProviderError, UserError } from '../../../../../src/core/model/errors.ts'
import { storedFailure } from '../../../../../src/core/model/failure.ts'

it('tells who has waited why a job did not succeed', () => {
  const told = (error: unknown, state = 'failed') => {
    const job = { jobId: 'job', state, error: error === null ? null : storedFailure(error) }
    const { status, code, more } = failedJob(job, wordsFor('en'), { draft_id: 'draft' })
    expect(more).toEqual({ draft_id: 'draft', job_id: 'job' })
    return [status, code]
  }
  expect(told(new UserError('disk_full'))).toEqual([503, 'disk_full'])
  expect(told(new UserError('approval_void'))).toEqual([409, 'approval_void'])
  expect(told(new UserError('ffmpeg_failed', { detail: 'x' }))).toEqual([502, 'ffmpeg_failed'])
  expect(told(new ProviderError('openai', 'unavailable', 'It is down.'))).toEqual([502, 'provider_failed'])
  expect(told(new Error('a fault'))).toEqual([502, 'internal_failure'])
  expect(told(null, 'cancelled')).toEqual([409, 'cancelled'])
})
