import type { EditScope } from '../../core/draft/scope.ts'
import type { Request } from './request.ts'

/** Who edits which draft: the workspace is always that of the person, never one that an id carries. */
export function scopeOf({ workspace, actor }: Request, { draftId }: { draftId: string }): EditScope {
  return { workspace, draftId, actor }
}
