import {
  mergeSegment,
  moveSegment,
  refetchFootage,
  removeSegment,
  revoiceSegment,
  splitSegment,
} from '../../core/draft/arrange.ts'
import { cancelWork } from '../../core/draft/cancel.ts'
import { retryClips } from '../../core/draft/clips.ts'
import type { Core } from '../../core/draft/core.ts'
import { reopenDraft } from '../../core/draft/render.ts'
import { retryAssets } from '../../core/draft/retry-assets.ts'
import { retryCreate } from '../../core/draft/retry-create.ts'
import type { EditScope } from '../../core/draft/scope.ts'
import { cancelUpload } from '../../core/draft/upload/cancel-upload.ts'
import { requestScriptAgain } from '../../core/draft/write-again.ts'
import type { Action, Verb } from '../view/action-id.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

type Arrange = (core: Core, scope: EditScope, segmentId: number) => Promise<unknown>

/** Buttons that change the draft immediately, without a form. */
export const ARRANGEMENTS: Partial<Record<Verb, Arrange>> = {
  revoice: revoiceSegment,
  refetch: refetchFootage,
  split: splitSegment,
  merge: mergeSegment,
  remove: removeSegment,
  move_up: (core, scope, segmentId) => moveSegment(core, scope, segmentId, 'up'),
  move_down: (core, scope, segmentId) => moveSegment(core, scope, segmentId, 'down'),
  retry_assets: retryAssets,
  cancel: cancelWork,
  reopen: reopenDraft,
  retry_create: retryCreate,
  write_again: requestScriptAgain,
  /** For a clip, or the sound, that could not be rendered ahead. */
  retry_ahead: retryClips,
  cancel_upload: cancelUpload,
}

/** The thread shows what happened, so no other response is needed. */
export async function arrange(bot: Bot, request: Request, action: Action, work: Arrange): Promise<void> {
  await request.reply.acknowledge()
  await work(bot.core, scopeOf(request, action), action.segmentId)
  bot.threads.refresh(action.draftId)
}
