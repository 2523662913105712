import { expect, it } from 'vitest'
import { showHistory } from '../../../src/bot/handlers/look-up.ts'
import { loadShown } from '../../../src/bot/thread/load-shown.ts'
import { ruleOf } from '../../../src/core/draft/approval-rules.ts'
import { approve, withdrawApproval } from '../../../src/core/draft/approve.ts'
import { revoiceSegment } from '../../../src/core/draft/arrange.ts'
import { auditTrail } from '../../../src/core/draft/audit.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { filmOf } from '../../../src/core/draft/film-of.ts'
import { redo, restoreRevision, undo } from '../../../src/core/draft/history.ts'
import { savePreset } from '../../../src/core/draft/preset.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { cancelRender, requestRender } from '../../../src/core/draft/render.ts'
import { type RuleChange, setApprovalRule } from '../../../src/core/draft/set-approval-rule.ts'
import type { Actor } from '../../../src/core/model/people.ts'
import type { Reviewers } from '../../../src/core/model/reviewers.ts'
import { erasePerson } from '../../../src/core/records/person/erase.ts'
import { ApprovalEntity } from '../../../src/db/entities/approval.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { draftRow, segmentRow } from '../../factories/rows.ts'
import { fakeChat, fakeRequest, saidIn } from '../../fakes/chat.ts'

const EVE: Actor = { id: 'eve', name: 'Eve' }
const program = sharedProgram({ env: { MAX_OPEN_DRAFTS: '100' } })

/** A draft by Ann with all its assets. */
async function ready() {
  const { core, load, queue } = program()
  const draftId = await program().ready()
  const { segments } = await load(draftId)
  for (const { id } of segments)
    await core.db.fork().nativeUpdate(SegmentEntity, { id }, { byHand: 'keyword search' })
  const [first = segmentRow(), second = segmentRow()] = segments
  const by = (actor: Actor) => scope(draftId, actor)
  return {
    draftId,
    core,
    by,
    edit: async (text: string, segmentId = first.id) => {
      await editSegment(core, by(ANN), { segmentId, change: { text } })
      await queue.idle(draftId)
    },
    settled: () => queue.idle(draftId),
    shown: async () => {
      const { approvals } = (await loadShown(core, draftId, 1)) ?? {}
      return approvals?.by.map(({ name, changesSince }) => [name, changesSince])
    },
    rule: (change: RuleChange, manages = true, actor = ANN) =>
      setApprovalRule(core, { place: PLACE, draftId, actor, manages }, change),
    render: async (actor = ANN, on = core) => {
      await requestRender(on, by(actor))
      await cancelRender(core, by(actor))
    },
    first,
    second,
  }
}

/** Ben and Eve are in the group. */
const EDITORS: Reviewers = {
  roles: async () => [{ id: 'g1', name: 'Editors' }],
  among: async (_workspace, _role, people) => new Set(people.filter((id) => id === 'ben' || id === 'eve')),
}

it('counts the changes since, leaves out those that do not shape the film, and is restored by undo', async () => {
  const { core, by, edit, shown, second } = await ready()
  await approve(core, by(BEN))
  expect(await shown()).toEqual([['Ben', 0]])
  await editSettings(core, by(ANN), { title: 'Another title', tags: ['x'], description: 'More.' })
  expect(await shown()).toEqual([['Ben', 0]])
  await edit('Another first sentence.')
  await edit('Another second sentence.', second.id)
  await editSettings(core, by(ANN), { title: 'A third title' })
  expect(await shown()).toEqual([['Ben', 2]])
  for (const left of [2, 1, 0]) {
    await undo(core, by(ANN))
    expect(await shown()).toEqual([['Ben', left]])
  }
  await redo(core, by(ANN))
  expect(await shown()).toEqual([['Ben', 1]])
  // The undone step can't be redone any more, but it is still just as far away.
  await undo(core, by(ANN))
  await undo(core, by(ANN))
  expect(await shown()).toEqual([['Ben', 0]])
  await edit('A third first sentence.')
  await undo(core, by(ANN))
  await edit('A fourth first sentence.')
  expect(await shown()).toEqual([['Ben', 1]])
  await approve(core, by(BEN))
  await approve(core, by(EVE))
  expect(await shown()).toEqual([
    ['Eve', 0],
    ['Ben', 0],
  ])
  await restoreRevision(core, by(ANN), 1)
  expect(await shown()).toEqual([
    ['Eve', 1],
    ['Ben', 0],
  ])
})

it('is part of the history that people are shown', async () => {
  const { core, by, edit, draftId } = await ready()
  await edit('One.')
  await approve(core, by(BEN))
  await approve(core, by(EVE))
  const { request, answers } = fakeRequest(fakeChat())
  await showHistory(program().bot, request, draftId)
  const [shown] = answers.privately
  expect(saidIn(shown)).toMatch(
    /2 Ann: changed the text of segment 1 · \S+ · Approved by Eve, Ben ← current\n“.*” → “One\.”\n1 Ann/,
  )
  expect(saidIn(shown)).not.toMatch(/1 Ann:.*Approved/)
})

it('remembers how far an approval is that can be reached by no redo any more', async () => {
  const { core, by, edit, shown } = await ready()
  await edit('One.')
  await edit('Two.')
  await approve(core, by(BEN))
  await undo(core, by(ANN))
  await undo(core, by(ANN))
  await edit('Three.')
  expect(await shown()).toEqual([['Ben', 3]])
})

it('approves only what is there and was shown, once', async () => {
  const { core, by, edit, first, shown, draftId, settled } = await ready()
  const seen = (await loadShown(core, draftId, 1))?.approvals.film
  expect(seen).toBeGreaterThan(0)
  await edit('A sentence that nobody was shown.')
  await expect(approve(core, by(BEN), seen)).rejects.toMatchObject({ code: 'approval_outdated' })
  // The card of an incomplete draft carries no film.
  await expect(approve(core, by(BEN), 0)).rejects.toMatchObject({ code: 'approval_outdated' })
  program().fakes.onVoice = () => Promise.reject(new Error('no voice today'))
  await revoiceSegment(core, by(ANN), first.id)
  const missing = { code: 'not_to_be_approved', params: { segments: '1' } }
  await expect(approve(core, by(BEN))).rejects.toMatchObject(missing)
  program().fakes.onVoice = async () => {}
  await settled()
  await undo(core, by(ANN))
  expect(await approve(core, by(BEN))).toBe(true)
  expect(await approve(core, by(BEN))).toBe(false)
  expect(await shown()).toEqual([['Ben', 0]])
  await withdrawApproval(core, by(BEN))
  await expect(withdrawApproval(core, by(BEN))).rejects.toMatchObject({ code: 'nothing_to_withdraw' })
  expect(await shown()).toEqual([])
})

it('keeps a draft from being rendered until enough others have approved what would be rendered', async () => {
  const { core, by, edit, rule, render, draftId } = await ready()
  await render()
  await rule({ needed: 1 })
  await expect(render()).rejects.toMatchObject({ code: 'approvals_missing', params: { standing: 0 } })
  await approve(core, by(ANN))
  await render()
  await rule({ needed: 2 })
  // With two or more required, the author's own approval doesn't count.
  await approve(core, by(BEN))
  await expect(render(BEN)).rejects.toMatchObject({
    code: 'approvals_missing',
    params: { needed: 2, standing: 1, role: '', people: '' },
  })
  await approve(core, by(EVE))
  expect((await loadShown(core, draftId, 1))?.ready).toEqual({ isReady: true })
  await render()
  await expect(requestRender(core, by(ANN), { template: 'news' })).rejects.toMatchObject({
    code: 'approvals_missing',
    params: { standing: 0, people: 'Eve, Ben' },
  })
  expect((await program().load(draftId)).draft.template).toBe('clean')
  await edit('A sentence that came later.')
  expect((await loadShown(core, draftId, 1))?.ready).toEqual({ isReady: false, why: 'approvals' })
  await expect(requestRender(core, by(BEN), { allowsPlaceholders: true })).rejects.toMatchObject({
    code: 'approvals_missing',
    params: { standing: 0 },
  })
  await undo(core, by(ANN))
  await render()
})

it('counts approvals of a role only, and of nobody where it is not known who is in it', async () => {
  const { by, rule, render, draftId, ...draft } = await ready()
  const core = { ...draft.core, reviewers: EDITORS }
  const setRule = (change: RuleChange) =>
    setApprovalRule(core, { place: PLACE, draftId, actor: ANN, manages: true }, change)
  await setRule({ needed: 1, roleId: 'g1' })
  await expect(setRule({ roleId: 'g2' })).rejects.toMatchObject({ code: 'role_not_found' })
  await approve(core, by(ANN))
  await expect(render(ANN, core)).rejects.toMatchObject({
    code: 'approvals_missing',
    params: { needed: 1, standing: 0, role: 'Editors' },
  })
  expect((await loadShown(core, draftId, 1))?.approvals).toMatchObject({
    ...{ needed: 1, roleName: 'Editors', standing: 0 },
    by: [{ name: 'Ann', changesSince: 0, counts: false }],
  })
  await approve(core, by(BEN))
  await render(ANN, core)
  const away = { ...EDITORS, among: () => Promise.reject(new Error('away')) }
  await expect(render(ANN, { ...core, reviewers: away })).rejects.toMatchObject({
    code: 'approvals_unknown',
    params: { role: 'Editors' },
  })
  expect((await loadShown({ ...core, reviewers: away }, draftId, 1))?.approvals.standing).toBe(0)
  // No connected platform knows roles.
  await expect(render()).rejects.toMatchObject({ code: 'approvals_unknown' })
  await rule({ needed: 0 })
  await render()
})

it('lets anybody ask for more approvals, and only managers for fewer or of others', async () => {
  const { rule, draftId, render, ...draft } = await ready()
  const core = { ...draft.core, reviewers: EDITORS }
  const may = (change: RuleChange, manages: boolean, of: string | null = draftId) =>
    setApprovalRule(core, { place: PLACE, draftId: of, actor: BEN, manages }, change)
  expect(await rule({ needed: 1 }, false)).toBe(true)
  expect(await rule({ needed: 1 }, false)).toBe(false)
  expect(await may({ needed: 2, roleId: 'g1' }, false)).toBe(true)
  for (const change of [{ needed: 1 }, { needed: 0 }, { needed: 3, roleId: '' }])
    await expect(may(change, false)).rejects.toMatchObject({ code: 'not_allowed_to_lower' })
  await expect(may({ needed: 99 }, true)).rejects.toMatchObject({ code: 'number_out_of_range' })
  expect(await may({ needed: 1, roleId: '' }, true)).toBe(true)
  // The workspace's rule applies to its drafts, including those that required less before.
  const other = await program().ready()
  await may({ needed: 2 }, true, null)
  await expect(requestRender(core, scope(other))).rejects.toMatchObject({ params: { needed: 2 } })
  await expect(render()).rejects.toMatchObject({ params: { needed: 2 } })
  await expect(may({ needed: 0 }, false)).rejects.toMatchObject({ code: 'not_allowed_to_lower' })
  // Unless a manager has set it for this draft.
  await may({ needed: 0 }, true)
  await render()
  await may({ needed: 0 }, true, null)
  const trail = await auditTrail(core.db, { draftId, limit: 100 })
  expect(trail.filter(({ act }) => act === 'approvals_set').map(({ facts }) => facts)).toEqual([
    { from: 0, to: 1, role: '' },
    { from: 1, to: 2, role: 'g1' },
    { from: 2, to: 1, role: '' },
    { from: 2, to: 0, role: '' },
  ])
})

it('lets no draft say in advance whose approvals its workspace will ask for', async () => {
  const { draftId, ...draft } = await ready()
  const roles = ['g1', 'g2'].map((id) => ({ id, name: id }))
  const core = { ...draft.core, reviewers: { ...EDITORS, roles: async () => roles } }
  const set = (change: RuleChange, manages: boolean, of: string | null) =>
    setApprovalRule(core, { place: PLACE, draftId: of, actor: BEN, manages }, change)
  await set({ roleId: 'g1' }, false, draftId)
  await set({ needed: 2, roleId: 'g2' }, true, null)
  const rule = await ruleOf(core.db.fork(), { workspace: PLACE.workspace, draftId })
  expect(rule).toEqual({ needed: 2, role: { id: 'g2', name: 'g2' } })
  await set({ needed: 0, roleId: '' }, true, null)
})

it('is shown in the history of no film that the brand of the workspace has changed', async () => {
  const { core, by, draftId } = await ready()
  const told = async () => {
    const { request, answers } = fakeRequest(fakeChat())
    await showHistory(program().bot, request, draftId)
    return saidIn(answers.privately[0])
  }
  const brand = (callToAction: string) =>
    savePreset(core, { place: PLACE, actor: ANN }, { callToAction, logo: null, withoutLogo: false })
  await approve(core, by(BEN))
  expect(await told()).toContain('Approved by Ben')
  await brand('Follow us')
  expect(await told()).not.toContain('Approved by Ben')
  await brand('')
  expect(await told()).toContain('Approved by Ben')
})

it('tells somebody who has seen other settings, and refuses while it renders', async () => {
  const { core, by, draftId, rule, ...draft } = await ready()
  const { settingsVersion } = (await program().load(draftId)).draft
  await editSettings(core, by(BEN), { title: 'Meanwhile' })
  const scoped = { place: PLACE, draftId, actor: ANN, manages: true }
  await expect(setApprovalRule(core, scoped, { needed: 1 }, settingsVersion)).rejects.toMatchObject({
    name: 'StaleEditError',
    changedBy: 'Ben',
  })
  program().fakes.onVoice = () => new Promise(() => {})
  await revoiceSegment(core, by(ANN), draft.first.id)
  await requestRender(core, by(ANN))
  const acts = [
    () => approve(core, by(BEN)),
    () => withdrawApproval(core, by(BEN)),
    () => rule({ needed: 1 }),
  ]
  for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'draft_busy' })
  program().fakes.onVoice = async () => {}
  await cancelRender(core, by(ANN))
  await draft.settled()
})

it('is written down, goes with its draft, and is erased with its person', async () => {
  const { core, by, draftId, shown } = await ready()
  await approve(core, by(BEN))
  await approve(core, by(EVE))
  await withdrawApproval(core, by(EVE))
  await approve(core, by(EVE))
  const trail = await auditTrail(core.db, { draftId, limit: 100 })
  expect(trail.slice(1).map(({ act, actorId, facts }) => [act, actorId, facts])).toEqual([
    ['approved', 'ben', { revision: 1 }],
    ['approved', 'eve', { revision: 1 }],
    ['withdrawn', 'eve', { revision: 1 }],
    ['approved', 'eve', { revision: 1 }],
  ])
  await erasePerson(core, { surface: 'test', team: null, id: 'eve' })
  expect(await shown()).toEqual([['Ben', 0]])
  await deleteDraft(core, by(ANN))
  expect(await core.db.fork().count(ApprovalEntity, { draftId })).toBe(0)
})

it('names the film by what shapes it', async () => {
  const draft = draftRow()
  const film = (fields = {}, segment = {}) => filmOf({ ...draft, ...fields }, [segmentRow(segment)])
  const before = film()
  for (const same of [
    { title: 'x' },
    { description: 'x' },
    { tags: ['x'] },
    { revision: 9 },
    { status: 'editing' },
  ])
    expect(film(same), JSON.stringify(same)).toBe(before)
  for (const other of [
    { template: 'news' },
    { musicMood: 'happy' },
    { musicVolume: 3 },
    { musicEnabled: false },
  ])
    expect(film(other), JSON.stringify(other)).not.toBe(before)
  expect(film({ musicEnabled: false })).toBe(film({ musicEnabled: false, musicMood: 'happy' }))
  for (const other of [
    { text: 'x' },
    { ttsLocalPath: 'voices/b.wav' },
    { videoLocalPath: 'footage/b.mp4' },
    { duration: 9 },
  ])
    expect(film({}, other), JSON.stringify(other)).not.toBe(before)
  for (const missing of [{ ttsLocalPath: null }, { videoLocalPath: null }])
    expect(film({}, missing)).toBeNull()
  expect(filmOf(draft, [])).toBeNull()
})
