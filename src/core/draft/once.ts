import { type ApiRequest, ApiRequestEntity } from '../../db/entities/api-request.ts'
import { hashOf } from '../media/store/hash.ts'
import type { Core } from './core.ts'

/** Milliseconds for which a repeated request is recognised. */
const KEPT = 24 * 3_600_000

export interface KeyedRequest {
  /** The token or session it came with, because keys are only unique within it. */
  caller: string
  key: string
  /** The complete request. */
  asked: unknown
  /** The draft it concerns, or would create. */
  draftId: string
}

/** Carries out a request; for an already executed one, returns the same result. */
export interface Doing {
  draftId: string
  jobId: string
}

/**
 * Executes a request only once, however often it is sent, even if the program died before it could respond. Refused
 * requests are tried again.
 * @param begin starts the work, unless it finds what an earlier try has started.
 * @returns null for a key that came with another request before.
 */
export async function once(
  core: Pick<Core, 'db' | 'turns' | 'clock'>,
  request: KeyedRequest,
  begin: (draftId: string, since: Date | null) => Promise<string>,
): Promise<Doing | null> {
  const { caller, key } = request
  return core.turns.take(`request ${caller} ${key}`, async () => {
    const { row, isKnown } = await rowOf(core, request)
    if (row.fingerprint !== hashOf(request.asked)) return null
    const { id, draftId } = row
    if (row.jobId !== null) return { draftId, jobId: row.jobId }
    try {
      const jobId = await begin(draftId, isKnown ? row.createdAt : null)
      await core.db.fork().nativeUpdate(ApiRequestEntity, { id }, { jobId })
      return { draftId, jobId }
    } catch (error) {
      await core.db.fork().nativeDelete(ApiRequestEntity, { id })
      throw error
    }
  })
}

async function rowOf(
  core: Pick<Core, 'db' | 'clock'>,
  { caller, key, asked, draftId }: KeyedRequest,
): Promise<{ row: ApiRequest; isKnown: boolean }> {
  const now = core.clock()
  return core.db.transaction(async (em) => {
    await em.nativeDelete(ApiRequestEntity, { createdAt: { $lt: new Date(now.getTime() - KEPT) } })
    const before = await em.findOne(ApiRequestEntity, { caller, key })
    if (before) return { row: before, isKnown: true }
    const row = { caller, key, fingerprint: hashOf(asked), draftId, jobId: null, createdAt: now }
    return { row: { id: await em.insert(ApiRequestEntity, row), ...row } as ApiRequest, isKnown: false }
  })
}
