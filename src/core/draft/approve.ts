import { ApprovalEntity } from '../../db/entities/approval.ts'
import { DraftEntity } from '../../db/entities/draft.ts'
import type { EntityManager } from '../../db/types.ts'
import { UserError } from '../model/errors.ts'
import { recordAct } from './audit.ts'
import { isComplete } from './completeness.ts'
import type { Core } from './core.ts'
import { filmNumber, filmOf } from './film-of.ts'
import { type DraftWithoutCandidates, loadToRender, requireEditable } from './load.ts'
import { isFetchingPick } from './picks.ts'
import type { EditScope } from './scope.ts'

/**
 * Notes that somebody approves the film that a draft is now. It stands as long as the draft is that film, and again when it is
 * that film again.
 * @param seen the number of the film that they were shown; undefined for whatever is there.
 * @returns false where they have approved it already.
 * @throws UserError while it renders and when it is finished, while something is missing or being made, which they cannot have
 * seen, and when it is not what they were shown.
 */
export async function approve(core: Core, scope: EditScope, seen?: number): Promise<boolean> {
  return inTurn(core, scope, async (em, { draft, segments }) => {
    const { draftId, revision } = draft
    if (await isFetchingPick(em, draftId)) throw new UserError('footage_coming')
    const film = filmOf(draft, segments)
    if (film === null) {
      const missing = segments.filter((segment) => !isComplete(segment))
      throw new UserError('not_to_be_approved', {
        segments: missing.map(({ segmentIndex }) => segmentIndex + 1).join(', '),
      })
    }
    if (seen !== undefined && seen !== filmNumber(film)) throw new UserError('approval_outdated')
    const { id: personId, name: personName } = scope.actor
    const now = core.clock()
    const before = await em.findOne(ApprovalEntity, { draftId, personId, film })
    if (before) return false
    await em.insert(ApprovalEntity, {
      ...{ draftId, personId, personName, film, revision, changesBefore: 0, createdAt: now },
    })
    await recordAct(em, 'approved', { place: draft, draftId, actor: scope.actor, now }, { revision })
    return true
  })
}

/**
 * Takes back all approvals of somebody for a draft, of earlier films too: what they no longer approve must not come back with
 * an undo.
 * @throws UserError while it renders and when it is finished, and where there is none.
 */
export async function withdrawApproval(core: Core, scope: EditScope): Promise<void> {
  await inTurn(core, scope, async (em, { draft }) => {
    const { draftId, revision } = draft
    const taken = await em.nativeDelete(ApprovalEntity, { draftId, personId: scope.actor.id })
    if (taken === 0) throw new UserError('nothing_to_withdraw')
    const about = { place: draft, draftId, actor: scope.actor, now: core.clock() }
    await recordAct(em, 'withdrawn', about, { revision })
    return true
  })
}

async function inTurn(
  core: Core,
  { workspace, draftId, actor }: EditScope,
  work: (em: EntityManager, loaded: DraftWithoutCandidates) => Promise<boolean>,
): Promise<boolean> {
  const changed = await core.turns.take(`${draftId} ${actor.id}`, () =>
    core.db.transaction(async (em) => {
      const loaded = await loadToRender(em, workspace, draftId)
      requireEditable(loaded.draft)
      if (!(await work(em, loaded))) return false
      const now = core.clock()
      await em.nativeUpdate(DraftEntity, { draftId }, { updatedAt: now, expiryNoticeAt: null })
      return true
    }),
  )
  if (changed) core.events.changed(draftId)
  return changed
}
