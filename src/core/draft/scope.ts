import type { Actor } from '../model/people.ts'

export interface EditScope {
  workspace: string
  draftId: string
  actor: Actor
}
