import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Doing, once } from '../../../../core/draft/once.ts'
import type { Bot } from '../../../handlers/request.ts'
import { type Env, whoOf } from '../env.ts'
import { WebError } from '../problems.ts'

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
export const KEY_HEADER = z.object({
  'idempotency-key': z.string().min(1).max(255).optional().openapi({
    description: 'A request repeated with the same key within a day is executed only once',
  }),
})

interface Asking {
  draftId: string
  asked: unknown
  /** @param since when it was first requested; null if never before. @returns the id of the job that does it. */
  begin: (draftId: string, since: Date | null) => Promise<string>
}

/**
 * Starts the requested work; only once if the caller has sent a key. @throws WebError 422 if the key was used for another
 * request.
 */
export async function doOnce(
  context: Context<Env>,
  { core }: Bot,
  { draftId, asked, begin }: Asking,
): Promise<Doing> {
  const key = context.req.header('idempotency-key')
  if (key === undefined) return { draftId, jobId: await begin(draftId, null) }
  const request = { caller: whoOf(context).id, key, asked: [context.req.path, asked], draftId }
  const doing = await once(core, request, begin)
  if (!doing)
    throw new WebError(
      422,
      'idempotency_key_reused',
      'This Idempotency-Key was already used for a different request. Use a new one.',
    )
  return doing
}
