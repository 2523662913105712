import { describe, expect, it } from 'vitest'
import { mergeSegment, moveSegment, removeSegment, splitSegment } from '../../../../src/core/draft/arrange.ts'
import { auditTrail } from '../../../../src/core/draft/audit.ts'
import { editSegment } from '../../../../src/core/draft/edit-segment.ts'
import { draftHistory, redo, restoreRevision, undo } from '../../../../src/core/draft/history.ts'
import { addNote, deleteNote, resolveNote } from '../../../../src/core/draft/notes/notes.ts'
import { acceptProposal, dismissProposal, proposeByNote } from '../../../../src/core/draft/notes/proposals.ts'
import { notesOf, proposalsOf } from '../../../../src/core/draft/notes/read-notes.ts'
import { removeUnneeded } from '../../../../src/core/draft/notes/unneeded.ts'
import { StaleEditError } from '../../../../src/core/model/errors.ts'
import { LIMITS } from '../../../../src/core/model/limits.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { NoteEntity } from '../../../../src/db/entities/note.ts'
import { ProposalEntity } from '../../../../src/db/entities/proposal.ts'
import { RevisionEntity } from '../../../../src/db/entities/revision.ts'
import { ANN, BEN, PLACE } from '../../../factories/people.ts'
import { scope, sharedProgram } from '../../../factories/program.ts'
import { fakeProviders, rewriting } from '../../../fakes/providers.ts'

let rewrite = (text: string) => `${text} Calmly.`
const program = sharedProgram({ fakes: rewriting(fakeProviders(), (text) => rewrite(text)) })

/** A draft of three segments, addressed by their initial ids. */
async function draft() {
  const { core, load, ready } = program()
  const draftId = await ready()
  const ids = (await load(draftId)).segments.map(({ id }) => id)
  const [one = 0, two = 0, three = 0] = ids
  const ann = scope(draftId)
  const ben = scope(draftId, BEN)
  return {
    ...{ core, draftId, one, two, three, ann, ben },
    segments: async () => (await load(draftId)).segments,
    /** The notes each segment shows, by position. */
    async shown() {
      const { segments } = await load(draftId)
      const notes = await notesOf(core.db.fork(), draftId, segments)
      return segments.map(({ id }) =>
        notes
          .filter(({ segmentId }) => segmentId === id)
          .map(({ text }) => text)
          .join('|'),
      )
    },
    async proposals() {
      const { segments } = await load(draftId)
      return proposalsOf(core.db.fork(), draftId, segments)
    },
  }
}

describe('a note', () => {
  it('changes nothing of the film: no revision, no version, no work', async () => {
    const { core, draftId, two, ann, shown } = await draft()
    const state = async () => {
      const { draft, segments } = await program().load(draftId)
      const jobs = await core.db.fork().count(JobEntity, { draftId })
      const { revision, status, settingsVersion } = draft
      return { revision, status, settingsVersion, segments, jobs }
    }
    const before = await state()
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { expiryNoticeAt: new Date() })
    const note = await addNote(core, ann, two, 'calmer, please')
    await resolveNote(core, ann, note, true)
    expect(await state()).toEqual(before)
    expect(await shown()).toEqual(['', 'calmer, please', ''])
    // Someone is working on it, so it isn't removed for inactivity.
    expect((await program().load(draftId)).draft.expiryNoticeAt).toBeNull()
  })

  it('is resolved and reopened by anybody, once, and deleted by its author only', async () => {
    const { core, draftId, two, ann, ben } = await draft()
    const note = await addNote(core, ann, two, 'calmer')
    const row = () => core.db.fork().findOne(NoteEntity, { id: note })
    await resolveNote(core, ben, note, true)
    await resolveNote(core, ann, note, true)
    expect(await row()).toMatchObject({ authorName: ANN.name, resolvedByName: BEN.name })
    await resolveNote(core, ben, note, false)
    expect(await row()).toMatchObject({ resolvedAt: null, resolvedById: null, resolvedByName: null })
    await expect(deleteNote(core, ben, note)).rejects.toMatchObject({ code: 'note_not_yours' })
    await deleteNote(core, ann, note)
    expect(await row()).toBeNull()
    await expect(resolveNote(core, ann, note, true)).rejects.toMatchObject({ code: 'note_not_found' })
    const acts = (await auditTrail(core.db, { draftId, limit: 10 })).slice(-4)
    expect(acts.map(({ act, actorName }) => [act, actorName])).toEqual([
      ['note_added', ANN.name],
      ['note_resolved', BEN.name],
      ['note_reopened', BEN.name],
      ['note_deleted', ANN.name],
    ])
    // None of its words outlive it.
    expect(JSON.stringify(acts)).not.toContain('calmer')
  })

  it('is plain text of a limited length, and there is a limit to how many there are', async () => {
    const { core, draftId, one, two, ann } = await draft()
    await addNote(core, ann, one, '**much** <@U123|Ben> `calmer`', 'slack')
    expect(await core.db.fork().findOne(NoteEntity, { draftId })).toMatchObject({ text: 'much @Ben calmer' })
    await expect(addNote(core, ann, one, ' \u200b ')).rejects.toMatchObject({ code: 'text_empty' })
    const long = 'x'.repeat(LIMITS.note.text + 1)
    await expect(addNote(core, ann, one, long)).rejects.toMatchObject({ code: 'text_too_long' })
    await expect(addNote(core, ann, 1_000_000, 'x')).rejects.toMatchObject({ code: 'segment_not_found' })
    const other = scope(draftId, ANN, 'test:other')
    await expect(addNote(core, other, one, 'x')).rejects.toMatchObject({ code: 'draft_not_found' })
    const { id, ...note } = await core.db.fork().findOneOrFail(NoteEntity, { draftId })
    const many = Array.from({ length: LIMITS.note.ofSegment }, () => ({ ...note, segmentId: two }))
    await core.db.fork().insertMany(NoteEntity, many)
    await expect(addNote(core, ann, two, 'x')).rejects.toMatchObject({ code: 'too_many_notes' })
  })
})

describe('the notes of a segment', () => {
  it('follow it wherever it goes', async () => {
    const { core, one, two, ann, shown, segments } = await draft()
    await addNote(core, ann, two, 'second')
    await addNote(core, ann, one, 'first')
    await moveSegment(core, ann, two, 'up')
    expect(await shown()).toEqual(['second', 'first', ''])
    const [moved] = await segments()
    await editSegment(core, ann, { segmentId: moved?.id ?? 0, change: { text: 'One here. Two there.' } })
    await splitSegment(core, ann, two)
    expect(await shown()).toEqual(['second', '', 'first', ''])
  })

  it('go with it when it is taken out, and come back with it', async () => {
    const { core, two, ann, shown } = await draft()
    await addNote(core, ann, two, 'second')
    await removeSegment(core, ann, two)
    expect(await shown()).toEqual(['', ''])
    await undo(core, ann)
    expect(await shown()).toEqual(['', 'second', ''])
    await redo(core, ann)
    expect(await shown()).toEqual(['', ''])
    await restoreRevision(core, ann, 1)
    expect(await shown()).toEqual(['', 'second', ''])
  })

  it('are shown by the segment into which it was merged, and by its own again when that is undone', async () => {
    const { core, one, two, three, ann, shown } = await draft()
    await addNote(core, ann, three, 'third')
    await addNote(core, ann, two, 'second')
    await mergeSegment(core, ann, two)
    expect(await shown()).toEqual(['', 'second|third'])
    await mergeSegment(core, ann, one)
    expect(await shown()).toEqual(['second|third'])
    await undo(core, ann)
    expect(await shown()).toEqual(['', 'second|third'])
    await undo(core, ann)
    expect(await shown()).toEqual(['', 'second', 'third'])
    await redo(core, ann)
    await removeSegment(core, ann, two)
    expect(await shown()).toEqual([''])
    await undo(core, ann)
    expect(await shown()).toEqual(['', 'second|third'])
  })

  it('are removed when no undo brings it back any more, and not before', async () => {
    const { core, draftId, one, two, three, ann } = await draft()
    const em = core.db.fork()
    const ids = [
      await addNote(core, ann, two, 'of the one that goes'),
      await addNote(core, ann, three, 'of the one that is merged'),
    ]
    await removeSegment(core, ann, two)
    await mergeSegment(core, ann, one)
    await removeUnneeded(em, new Date(0))
    expect(await em.count(NoteEntity, { id: { $in: ids } })).toBe(2)
    // As if there had been fifty edits since.
    await em.nativeDelete(RevisionEntity, { draftId, number: { $lt: 3 } })
    expect(await removeUnneeded(em, new Date(0), true)).toBe(1)
    expect(await removeUnneeded(em, new Date(0))).toBe(1)
    expect(await core.db.fork().find(NoteEntity, { id: { $in: ids } })).toMatchObject([{ id: ids[1] }])
  })
})

describe('a proposal', () => {
  async function proposed() {
    const made = await draft()
    const note = await addNote(made.core, made.ann, made.two, 'calmer')
    const id = await proposeByNote(made.core, made.ann, note)
    const before = (await made.segments())[1]?.text ?? ''
    return { ...made, id, before, after: `${before} Calmly.` }
  }
  const text = (made: Awaited<ReturnType<typeof proposed>>) =>
    made.segments().then((segments) => segments[1]?.text)

  it('takes the place of the note that asked for it, and changes nothing', async () => {
    const made = await proposed()
    expect(await made.shown()).toEqual(['', '', ''])
    expect(await made.proposals()).toMatchObject([
      { segmentId: made.two, instruction: 'calmer', text: made.after, authorName: ANN.name, isStale: false },
    ])
    expect(await text(made)).toBe(made.before)
    expect((await program().load(made.draftId)).draft.revision).toBe(1)
  })

  it('becomes the text when somebody accepts it, and the history names both', async () => {
    const made = await proposed()
    const { core, draftId, ben, id } = made
    await acceptProposal(core, ben, { proposalId: id })
    expect(await text(made)).toBe(made.after)
    expect((await made.segments())[1]).toMatchObject({ editedByName: BEN.name })
    const { revisions } = await draftHistory(core, PLACE.workspace, draftId)
    expect(revisions[0]).toMatchObject({
      actorName: BEN.name,
      askedBy: ANN.name,
      action: { code: 'proposal_accepted', segment: 2 },
    })
    expect(await made.proposals()).toEqual([])
    await expect(acceptProposal(core, made.ann, { proposalId: id })).rejects.toMatchObject({
      code: 'proposal_decided',
      params: { name: BEN.name, state: 'accepted' },
    })
    await undo(core, ben)
    expect(await text(made)).toBe(made.before)
  })

  it('is stale when the text has changed since, until the person has seen what is there', async () => {
    const made = await proposed()
    const { core, ann, ben, id, two } = made
    await editSegment(core, ben, { segmentId: two, change: { keyword: 'other' } })
    expect(await made.proposals()).toMatchObject([{ isStale: false }])
    await editSegment(core, ben, { segmentId: two, change: { text: 'Ben was here.' } })
    expect(await made.proposals()).toMatchObject([{ isStale: true }])
    await expect(acceptProposal(core, ann, { proposalId: id })).rejects.toThrow(StaleEditError)
    expect(await text(made)).toBe('Ben was here.')
    await acceptProposal(core, ann, { proposalId: id, text: 'Both of us.', seenText: 'Ben was here.' })
    expect(await text(made)).toBe('Both of us.')
  })

  it('is dismissed once, and replaced by the next one for its segment', async () => {
    const made = await proposed()
    const { core, ann, ben, id, two } = made
    const next = await proposeByNote(core, ben, await addNote(core, ben, two, 'shorter'))
    expect(await made.proposals()).toMatchObject([{ id: next, instruction: 'shorter', authorName: BEN.name }])
    await expect(acceptProposal(core, ann, { proposalId: id })).rejects.toMatchObject({
      params: { name: BEN.name, state: 'replaced' },
    })
    await dismissProposal(core, ann, next)
    expect(await made.proposals()).toEqual([])
    await expect(dismissProposal(core, ben, next)).rejects.toMatchObject({ code: 'proposal_decided' })
    // Proposals decided long ago are not kept.
    const em = core.db.fork()
    await removeUnneeded(em, new Date(Date.now() + 1000))
    expect(await em.count(ProposalEntity, { draftId: made.draftId })).toBe(0)
  })

  it('that the service does not write leaves the note', async () => {
    const { core, two, ann, shown } = await draft()
    const note = await addNote(core, ann, two, 'calmer')
    const writes = rewrite
    rewrite = () => {
      throw new DOMException('too late', 'TimeoutError')
    }
    await expect(proposeByNote(core, ann, note)).rejects.toThrow('too late')
    rewrite = writes
    expect(await shown()).toEqual(['', 'calmer', ''])
    // Nor is a proposal made for a note that was resolved in the meantime.
    await resolveNote(core, ann, note, true)
    await expect(proposeByNote(core, ann, note)).rejects.toMatchObject({ code: 'note_not_found' })
    expect(await shown()).toEqual(['', 'calmer', ''])
  })
})
