import { UserError } from '../../core/errors.ts'
import { JobEntity } from '../../db/entities/job.ts'
import type { Bot, Request } from '../request.ts'
import type { Action } from '../view/action-id.ts'

/** **Retry** on a draft whose script could not be written. */
export async function retryCreate(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  const job = await bot.core.db
    .fork()
    .findOne(
      JobEntity,
      { draftId: action.draftId, workspace: request.workspace, kind: 'create' },
      { orderBy: { id: 'desc' } },
    )
  if (!job) throw new UserError('draft_not_found', { draftId: action.draftId })
  await bot.retryJob(job.jobId, request.actor)
  bot.threads.refresh(action.draftId)
}
