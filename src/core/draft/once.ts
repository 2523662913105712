import { type ApiRequest, ApiRequestEntity } from '../../db/entities/api-request.ts'
import { hashOf } from '../media/store/hash.ts'
import type { Core } from './core.ts'

/** Milliseconds for which a request is known again. */
const KEPT = 24 * 3_600_000

export interface KeyedRequest {
  /** Which token or session it came with: keys of others are others. */
  caller: string
  key: string
  /** All that was asked for. */
  asked: unknown
  /** The draft that it is about, or that it would begin. */
  draftId: string
}

/** What does a request: of what was asked for once, the same however often it is asked. */
export interface Doing {
  draftId: string
  jobId: string
}

/**
 * Does what somebody asks for once, however often it is sent; also when the program ended before it could say so. What was
 * refused is tried again.
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
