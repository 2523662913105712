import type { Draft } from '../../../db/entities/draft.ts'
import { NoteEntity } from '../../../db/entities/note.ts'
import { type Proposal, ProposalEntity } from '../../../db/entities/proposal.ts'
import type { EntityManager } from '../../../db/types.ts'
import { StaleEditError, UserError } from '../../model/errors.ts'
import { recordAct } from '../audit.ts'
import { isInReview } from '../clips.ts'
import type { Core } from '../core.ts'
import { editDraft } from '../edit.ts'
import { markEdited } from '../edit-segment.ts'
import { withText } from '../follow-text.ts'
import { findSegment } from '../load.ts'
import { canRewrite, rewritten } from '../rewrite.ts'
import type { EditScope } from '../scope.ts'
import { requireNarration } from '../validate.ts'
import { aboutOf, onNotes } from './notes.ts'

/**
 * Has the script service write a segment's text as requested by a note, and replaces the note with it. Until then, or if
 * that fails, the note stays.
 * @returns the proposal's id. @throws UserError and ProviderError like `rewriteText`.
 */
export async function proposeByNote(core: Core, scope: EditScope, noteId: number): Promise<number> {
  const { draftId, actor } = scope
  const note = await core.db.fork().findOne(NoteEntity, { id: noteId, draftId })
  if (!note) throw new UserError('note_not_found')
  const { text, provider, before } = await rewritten(core, scope, note.segmentId, note.text)
  return onNotes(core, scope, async (em, draft, now) => {
    // It may have been deleted or resolved while the service was writing.
    const isWanted = await em.nativeDelete(NoteEntity, { id: noteId, resolvedAt: null })
    if (isWanted === 0) throw new UserError('note_not_found')
    const { segmentId } = note
    await em.nativeUpdate(
      ProposalEntity,
      { draftId, segmentId, state: 'open' },
      { state: 'replaced', decidedById: actor.id, decidedByName: actor.name, decidedAt: now },
    )
    const proposal = await em.insert(ProposalEntity, {
      ...{ draftId, segmentId, segmentVersion: before.version, instruction: note.text },
      ...{ textBefore: before.text, textAfter: text, provider, state: 'open' },
      ...{ authorId: note.authorId, authorName: note.authorName, createdAt: now },
      ...{ decidedById: null, decidedByName: null, decidedAt: null },
    })
    await recordAct(em, 'proposed', aboutOf(draft, scope, now), { proposal, segment: segmentId })
    return proposal
  })
}

/** True if a note can become a proposal: the draft can be edited, and there is a script service. */
export function proposes(core: Core, draft: Pick<Draft, 'status'>): boolean {
  return canRewrite(core) && isInReview(draft)
}

export interface Acceptance {
  proposalId: number
  /** The text as edited by the person; by default the proposed one. */
  text?: string | undefined
  /** The segment's text that the person saw; by default the one the proposal was made from. */
  seenText?: string | undefined
}

/**
 * Applies a proposal to its segment. The history says who requested and who accepted it.
 * @throws StaleEditError if the segment's text has changed since; UserError if it has already been decided.
 */
export async function acceptProposal(core: Core, scope: EditScope, given: Acceptance): Promise<void> {
  await editDraft(core, scope, async ({ em, draft, segments, nextVersion, now }) => {
    const proposal = await openProposal(em, scope.draftId, given.proposalId)
    const { id, segmentId, textBefore, textAfter } = proposal
    const segment = findSegment(segments, segmentId)
    const text = requireNarration(given.text ?? textAfter)
    if (segment.text !== text && segment.text !== (given.seenText ?? textBefore))
      throw new StaleEditError(segment.editedByName ?? '')
    await decide(em, scope, proposal, 'accepted', now)
    const facts = { proposal: id, segment: segmentId }
    await recordAct(em, 'proposal_accepted', aboutOf(draft, scope, now), facts)
    if (segment.text === text) return null
    Object.assign(segment, withText(core, draft, segment, text))
    markEdited(segment, scope, nextVersion, now)
    const action = { code: 'proposal_accepted', segment: segment.segmentIndex + 1, proposal: id }
    return { action, segments }
  })
}

/** Dismisses a proposal. @throws UserError if it has already been decided. */
export async function dismissProposal(core: Core, scope: EditScope, proposalId: number): Promise<void> {
  await onNotes(core, scope, async (em, draft, now) => {
    const proposal = await openProposal(em, scope.draftId, proposalId)
    await decide(em, scope, proposal, 'dismissed', now)
    const facts = { proposal: proposalId, segment: proposal.segmentId }
    await recordAct(em, 'proposal_dismissed', aboutOf(draft, scope, now), facts)
  })
}

/** A pending proposal. @throws UserError if it isn't pending */
export async function openProposal(
  em: EntityManager,
  draftId: string,
  proposalId: number,
): Promise<Proposal> {
  const proposal = await em.findOne(ProposalEntity, { id: proposalId, draftId })
  if (!proposal) throw new UserError('proposal_not_found')
  const { state, decidedByName } = proposal
  if (state !== 'open') throw new UserError('proposal_decided', { name: decidedByName ?? '', state })
  return proposal
}

/** Who requested the proposals referenced by revisions, by proposal id. */
export async function askersOf(em: EntityManager, proposalIds: number[]): Promise<Map<number, string>> {
  if (proposalIds.length === 0) return new Map()
  const found = await em.find(ProposalEntity, { id: { $in: proposalIds } }, { fields: ['authorName'] })
  return new Map(found.map(({ id, authorName }) => [id, authorName]))
}

async function decide(
  em: EntityManager,
  { actor }: EditScope,
  { id }: Proposal,
  state: 'accepted' | 'dismissed',
  now: Date,
): Promise<void> {
  const decided = { state, decidedById: actor.id, decidedByName: actor.name, decidedAt: now }
  await em.nativeUpdate(ProposalEntity, { id }, decided)
}
