import type { EditScope } from '../../core/draft/scope.ts'
import type { Request } from './request.ts'

/** Who edits which draft. The workspace is always the person's, never one taken from an id. */
export function scopeOf({ workspace, actor }: Request, { draftId }: { draftId: string }): EditScope {
  return { workspace, draftId, actor }
}
