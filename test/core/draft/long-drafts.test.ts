import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { moveSegment, removeSegment } from '../../../src/core/draft/arrange.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { draftHistory, redo, restoreRevision, undo } from '../../../src/core/draft/history.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { statementsOf } from '../../factories/statements.ts'

const program = sharedProgram()

/** A draft with its assets and the given number of segments. */
async function draftOf(count: number) {
  const { core, load, ready } = program()
  const draftId = await ready()
  const { segments } = await load(draftId)
  const [model] = segments
  if (!model) throw new Error('There is no segment.')
  const { id, ...fields } = { ...model }
  const more = Array.from({ length: count - segments.length }, (_, at) => ({
    ...fields,
    segmentIndex: segments.length + at,
    text: `Is “number ${at}” one's own? Yes: 100 %, \\ and ? alike.`,
    ttsDuration: 2 + at / 7,
  }))
  await core.db.fork().insertMany(SegmentEntity, more)
  const ids = (await load(draftId)).segments.map((segment) => segment.id)
  return { core, draftId, scope: scope(draftId), id: (at: number) => ids.at(at) ?? 0 }
}

/** How many statements each kind of change takes, and the draft after each. */
async function changesOf(count: number) {
  const { core, draftId, scope, id } = await draftOf(count)
  const changes: Record<string, () => Promise<unknown>> = {
    edit: () => editSegment(core, scope, { segmentId: id(1), change: { keyword: 'other' } }),
    move: () => moveSegment(core, scope, id(2), 'up'),
    remove: () => removeSegment(core, scope, id(0)),
    undo: () => undo(core, scope),
    redo: () => redo(core, scope),
    restore: () => restoreRevision(core, scope, 2),
  }
  const statements = statementsOf(program())
  const numbers: Record<string, number> = {}
  for (const [name, change] of Object.entries(changes)) {
    await program().queue.idle()
    await program().threads.settled()
    statements.length = 0
    await change()
    numbers[name] = statements.length
  }
  const { segments } = await program().load(draftId)
  return { numbers, segments: segments.length }
}

describe('a change of a long draft', () => {
  it('takes as many statements as that of a short one', async () => {
    const long = await changesOf(80)
    const short = await changesOf(3)
    expect(long.segments).toBe(80)
    expect(long.numbers).toEqual(short.numbers)
  })

  it('comes back as it was, to the last digit and sign', async () => {
    const { core, draftId, scope, id } = await draftOf(40)
    const state = async () => (await program().load(draftId)).segments.map(contentOf)
    const before = await state()
    await removeSegment(core, scope, id(7))
    await removeSegment(core, scope, id(-1))
    await moveSegment(core, scope, id(20), 'down')
    for (let step = 0; step < 3; step += 1) await undo(core, scope)
    expect(await state()).toEqual(before)
  })

  it('brings nothing new to a segment that it does not concern', async () => {
    const { core, draftId, scope, id } = await draftOf(10)
    await editSegment(core, scope, { segmentId: id(1), change: { duration: 9 } })
    const versions = async () => (await program().load(draftId)).segments.map(({ version }) => version)
    const before = await versions()
    await undo(core, scope)
    const changed = (await versions()).map((version, at) => version !== before[at])
    expect(changed).toEqual(before.map((_, at) => at === 1))
  })
})

describe('changes at the same moment', () => {
  it('of one person are made one after the other, and of two people both', async () => {
    const { core, draftId, scope: anns, id } = await draftOf(3)
    for (const keyword of ['one', 'two', 'three', 'four'])
      await editSegment(core, anns, { segmentId: id(0), change: { keyword } })
    await Promise.all([undo(core, anns), undo(core, anns), undo(core, scope(draftId, BEN))])
    const { current } = await draftHistory(core, PLACE.workspace, draftId)
    expect(current).toBe(2)
    expect((await program().load(draftId)).segments[0]?.keyword).toBe('one')
  })

  it('leave the loop to others in between', async () => {
    const { core } = program()
    let turns = 0
    let isOver = false
    const counting = (async () => {
      while (!isOver) {
        await setImmediate()
        turns += 1
      }
    })()
    const work = () => core.db.transaction((em) => em.count(DraftEntity))
    await Promise.all(Array.from({ length: 20 }, work))
    isOver = true
    await counting
    expect(turns).toBeGreaterThanOrEqual(15)
  })
})

function contentOf(segment: object) {
  return { ...segment, version: 0, updatedAt: 0, editedById: 0, editedByName: 0, createdAt: 0 }
}
