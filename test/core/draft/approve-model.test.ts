import { writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadShown } from '../../../src/bot/thread/load-shown.ts'
import { approve, withdrawApproval } from '../../../src/core/draft/approve.ts'
import { moveSegment, revoiceSegment } from '../../../src/core/draft/arrange.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { draftHistory, redo, restoreRevision, undo } from '../../../src/core/draft/history.ts'
import { cancelRender, requestRender } from '../../../src/core/draft/render.ts'
import { insertRevision } from '../../../src/core/draft/revisions.ts'
import { setApprovalRule } from '../../../src/core/draft/set-approval-rule.ts'
import { hashOf } from '../../../src/core/media/store/hash.ts'
import { UserError } from '../../../src/core/model/errors.ts'
import { storedName } from '../../../src/core/model/store.ts'
import { type Draft, DraftEntity } from '../../../src/db/entities/draft.ts'
import { type Segment, SegmentEntity } from '../../../src/db/entities/segment.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { draftRow, segmentRow } from '../../factories/rows.ts'

const EVE = { id: 'eve', name: 'Eve' }
const PEOPLE = [ANN, BEN, EVE]
const TEXTS = ['One cup.', 'Two cups.', 'Three cups.']
const TEMPLATES = ['clean', 'news']

/** Nothing is made automatically: voices arrive when a step says so. */
const program = sharedProgram({
  start: false,
  env: { MAX_OPEN_DRAFTS: '1000', MAX_RENDERS_PER_HOUR: '1000' },
})

/** One step by one person; `at` is taken modulo the number of options. */
type Step =
  | { act: 'approve' | 'approve what was shown before' | 'withdraw' | 'render'; who: number }
  | { act: 'edit' | 'new take' | 'made again' | 'move'; who: number; at: number; text: number }
  | { act: 'look' | 'title' | 'undo' | 'redo' | 'restore' | 'voices come'; who: number; at: number }

const who = fc.nat({ max: PEOPLE.length - 1 })
const at = fc.nat({ max: 20 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constantFrom('approve', 'approve what was shown before', 'withdraw', 'render'),
      who,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom('edit', 'new take', 'made again', 'move'),
      who,
      at,
      text: at,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constantFrom('look', 'title', 'undo', 'redo', 'restore', 'voices come'),
      who,
      at,
    }),
  },
)

/** The film as a viewer would see and hear it, read from the rows: null while a voice is missing. */
function filmIn({ template, musicMood }: Draft, segments: readonly Segment[]): string | null {
  const shown = segments.map(({ text, ttsLocalPath, videoLocalPath }) => [text, ttsLocalPath, videoLocalPath])
  return shown.flat().includes(null) ? null : JSON.stringify([template, musicMood, shown])
}

it('shows an approval for what was approved and for nothing else, whatever people do in whatever order', async () => {
  const { core, load } = program()

  /** A recording of a text, in the store. */
  const voiceOf = (text: string, take: number) =>
    core.store.put(storedName('voices', hashOf([text, take]), 'wav'), (file) => writeFile(file, 'a voice'))

  async function run(steps: Step[], needed: number) {
    const draftId = await newDraft()
    const manager = { place: PLACE, draftId, actor: ANN, manages: true }
    await setApprovalRule(core, manager, { needed })
    const approved = new Map(PEOPLE.map(({ id }) => [id, new Set<string>()]))
    let shownBefore = { film: 0, is: '' }
    let replaced = 100
    let now = await check(draftId, approved, needed)

    for (const step of steps) {
      const actor = PEOPLE[step.who] ?? ANN
      const by = scope(draftId, actor)
      const { segments, film, approvals } = now
      const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T
      switch (step.act) {
        case 'look':
          shownBefore = { film: approvals?.film ?? 0, is: film ?? '' }
          break
        case 'approve': {
          const isTaken = await succeeds(approve(core, by, approvals?.film))
          expect(isTaken).toBe(film !== null)
          if (film !== null) approved.get(actor.id)?.add(film)
          break
        }
        case 'approve what was shown before': {
          const isTaken = await succeeds(approve(core, by, shownBefore.film))
          expect(isTaken).toBe(film !== null && film === shownBefore.is)
          if (isTaken && film !== null) approved.get(actor.id)?.add(film)
          break
        }
        case 'withdraw':
          expect(await succeeds(withdrawApproval(core, by))).toBe((approved.get(actor.id)?.size ?? 0) > 0)
          approved.get(actor.id)?.clear()
          break
        case 'edit': {
          const { id: segmentId } = pick(segments, step.at)
          await editSegment(core, by, { segmentId, change: { text: pick(TEXTS, step.text) } })
          if (step.text % 4 === 0) await editSettings(core, by, { template: pick(TEMPLATES, step.text) })
          break
        }
        case 'title':
          await editSettings(core, by, { title: `Tea ${step.at}`, tags: [`tag${step.at}`] })
          break
        case 'new take':
          await revoiceSegment(core, by, pick(segments, step.at).id)
          break
        case 'move':
          await succeeds(
            moveSegment(core, by, pick(segments, step.at).id, step.text % 2 === 0 ? 'up' : 'down'),
          )
          break
        case 'made again': {
          // The file was lost and replaced by another without anyone editing the draft.
          const { id, text, ttsLocalPath } = pick(segments, step.at)
          if (ttsLocalPath === null) break
          replaced += 1
          const path = await voiceOf(text, replaced)
          await core.db.fork().nativeUpdate(SegmentEntity, { id }, { ttsLocalPath: path })
          break
        }
        case 'voices come':
          for (const { id, text, voiceTake, ttsLocalPath } of segments)
            if (ttsLocalPath === null) {
              const fields = { ttsLocalPath: await voiceOf(text, voiceTake), ttsDuration: 1 }
              await core.db.fork().nativeUpdate(SegmentEntity, { id }, fields)
            }
          break
        case 'undo':
          await succeeds(undo(core, by))
          break
        case 'redo':
          await succeeds(redo(core, by))
          break
        case 'restore': {
          const { revisions } = await draftHistory(core, PLACE.workspace, draftId)
          await restoreRevision(core, by, pick(revisions, step.at).number)
          break
        }
        case 'render': {
          const standing = PEOPLE.filter(({ id }) => film !== null && approved.get(id)?.has(film))
          const counted = standing.filter(({ id }) => needed < 2 || id !== ANN.id)
          const may = needed === 0 || counted.length >= needed
          expect(await succeeds(requestRender(core, by))).toBe(may)
          if (may) await cancelRender(core, by)
          break
        }
      }
      now = await check(draftId, approved, needed)
    }
  }

  async function check(draftId: string, approved: Map<string, Set<string>>, needed: number) {
    const { draft, segments } = await load(draftId)
    const film = filmIn(draft, segments)
    const shown = await loadShown(core, draftId, 1)
    const { by, standing } = shown?.approvals ?? { by: [], standing: 0 }
    const names = (isNow: boolean) =>
      by.filter(({ changesSince }) => (changesSince === 0) === isNow).map(({ name }) => name)
    const has = (id: string) => film !== null && approved.get(id)?.has(film) === true
    const expected = PEOPLE.filter(({ id }) => has(id)).map(({ name }) => name)
    const outdated = PEOPLE.filter(({ id }) => !has(id) && (approved.get(id)?.size ?? 0) > 0)
    expect(names(true).toSorted()).toEqual(expected)
    expect(names(false).toSorted()).toEqual(outdated.map(({ name }) => name))
    expect(standing).toBe(expected.filter((name) => needed < 2 || name !== ANN.name).length)
    expect(shown?.ready.isReady).toBe(film !== null && standing >= needed)
    return { segments, film, approvals: shown?.approvals }
  }

  let count = 0
  async function newDraft(): Promise<string> {
    count += 1
    const draftId = `draft_20260102_030405_${count}`
    const { id, version, ...row } = draftRow({ ...PLACE, draftId, authorId: ANN.id, authorName: ANN.name })
    await core.db.transaction(async (em) => {
      const draft = em.create(DraftEntity, row)
      await em.flush()
      for (const segmentIndex of [0, 1]) {
        const text = TEXTS[segmentIndex] ?? ''
        const { id, ...segment } = segmentRow({ draftId, segmentIndex, text, byHand: 'keyword search' })
        const videoLocalPath = await core.store.put(storedName('footage', hashOf(text), 'img'), (file) =>
          writeFile(file, 'a picture'),
        )
        em.create(SegmentEntity, { ...segment, videoLocalPath, ttsLocalPath: await voiceOf(text, 0) })
      }
      await em.flush()
      await insertRevision(em, draft, ANN, { code: 'created' }, core.clock())
    })
    return draftId
  }

  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 6, maxLength: 14 }),
      fc.nat({ max: 2 }),
      async (steps, needed) => run(steps, needed),
    ),
    { numRuns: 8, seed: 16 },
  )
})

/** @returns false when the person got an error message; any other failure is thrown. */
async function succeeds(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}
