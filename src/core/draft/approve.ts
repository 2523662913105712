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
 * Records a person's approval of a draft's current film. It is valid as long as, and whenever, the draft is that film.
 * @param seen the number of the film they were shown; undefined for the current one.
 * @returns false if they have already approved it.
 * @throws UserError while it is rendering or finished, while something is missing or being made, which they can't have
 * seen, and if it is not the film they were shown.
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
 * Withdraws all of a person's approvals of a draft, including those of earlier films, so that an undo doesn't bring one back.
 * @throws UserError while it is rendering or finished, and if there is none.
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
