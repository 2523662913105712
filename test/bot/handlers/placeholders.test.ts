import { beforeEach, describe, expect, it } from 'vitest'
import { encodeAction } from '../../../src/bot/view/action-id.ts'
import { ko } from '../../../src/bot/words/ko.ts'
import { mergeSegment, splitSegment } from '../../../src/core/draft/arrange.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { restoreRevision, undo } from '../../../src/core/draft/history.ts'
import { countPlaceholders } from '../../../src/core/draft/placeholders.ts'
import { requestRender } from '../../../src/core/draft/render.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { type Job, JobEntity } from '../../../src/db/entities/job.ts'
import { desk } from '../../factories/desk.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { buttonsIn, saidIn } from '../../fakes/chat.ts'

const program = sharedProgram()
let draftId = ''
let people: ReturnType<typeof desk>

const TEXTS = [
  'A hook.',
  'Why now? [Your fact: what has changed.] A last word.',
  'It began here. [Your story: who was there.]',
]

/** An outline with these texts. */
beforeEach(async () => {
  const { core, ready, fakes } = program()
  fakes.texts = TEXTS
  draftId = await ready()
  await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { isOutline: true })
  people = desk(program)
})

async function left(): Promise<number> {
  const { draft, segments } = await program().load(draftId)
  return countPlaceholders(draft, segments)
}

async function segmentId(place: number): Promise<number> {
  return (await program().load(draftId)).segments[place]?.id ?? 0
}

async function edit(place: number, text: string): Promise<void> {
  await editSegment(program().core, scope(draftId), { segmentId: await segmentId(place), change: { text } })
}

/** The requested renders. */
async function renders(): Promise<Job[]> {
  const { core } = program()
  return core.db.fork().find(JobEntity, { draftId, kind: 'finalize' })
}

/** Ends the render without a video, as these tests look at none. */
async function rendered(): Promise<void> {
  const { core, queue } = program()
  const [job] = (await renders()).filter(({ state }) => state === 'queued' || state === 'running')
  if (job) await core.jobs.cancel(job.jobId)
  await queue.idle(draftId)
  await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'assets_ready' })
}

const render = (fields = {}) =>
  people.send(encodeAction('render', draftId), { template: 'news', music: 'none', volume: '10' }, fields)

describe('Render on an outline', () => {
  it('asks once about what is still to be filled in, and keeps what was chosen for the render', async () => {
    const asked = await render()
    expect(asked.said).toContain('2 of 3 segments are still placeholders: render all the same?')
    expect(await renders()).toHaveLength(0)
    expect((await program().load(draftId)).draft).toMatchObject({ status: 'assets_ready', template: 'clean' })

    const { 'Render all the same': yes, 'Fill them in first': no } = buttonsIn(asked.view)
    expect((await people.press(no)).said).toBe('OK, nothing was changed.')
    expect((await people.press(yes)).said).toBe('Rendering the video')
    expect(await renders()).toHaveLength(1)
    expect((await program().load(draftId)).draft).toMatchObject({ template: 'news', musicEnabled: false })
    await rendered()

    // The same blanks or fewer, wherever they are now.
    const { core } = program()
    await mergeSegment(core, scope(draftId), await segmentId(1))
    await program().queue.idle(draftId)
    expect((await render()).privately).toEqual([])
    await rendered()
    await undo(core, scope(draftId))
    await edit(1, 'Now it is written.')
    await program().queue.idle(draftId)
    expect((await render()).privately).toEqual([])
    await rendered()
    expect(await renders()).toHaveLength(3)

    // A blank that no one was asked about.
    await edit(0, '[Your tip: another one.]')
    await program().queue.idle(draftId)
    expect((await render()).said).toContain('2 of 3 segments')
  })

  it('asks in Korean, and where a failed render is tried again', async () => {
    const asked = await render({ words: ko, locale: 'ko' })
    expect(asked.said).toContain('장면 3개 중 2개에 아직 빈칸이 있습니다. 그대로 렌더링할까요?')
    expect(Object.keys(buttonsIn(asked.view))).toEqual(['그대로 렌더링', '먼저 채우기'])
    const again = await people.press(encodeAction('retry_render', draftId))
    expect(again.said).toContain('still placeholders: render all the same?')
    expect(await renders()).toHaveLength(0)
  })

  it('renders a script with brackets of its own without a question', async () => {
    await program().core.db.fork().nativeUpdate(DraftEntity, { draftId }, { isOutline: false })
    expect((await render()).privately).toEqual([])
    await rendered()
  })

  it('does not take the answer to another question', async () => {
    const { core } = program()
    const edited = await people.send(encodeAction('edit', draftId, await segmentId(0), 99), { text: 'Late.' })
    const kept = /:(\d+)$/.exec(buttonsIn(edited.view)['Use mine'] ?? '')?.[1]
    const wrong = await people.press(encodeAction('render_anyway', draftId, 0, Number(kept)))
    expect(saidIn(wrong.view)).not.toBe('Rendering the video')
    expect(await renders()).toHaveLength(0)
    await expect(requestRender(core, scope(draftId))).rejects.toMatchObject({
      code: 'placeholders_left',
      params: { count: 2, total: 3 },
    })
  })
})

describe('a placeholder', () => {
  it('is one until it is written, and again after an undo', async () => {
    const { core } = program()
    expect(await left()).toBe(2)
    await edit(1, 'Why now? It is warmer. A last word.')
    expect(await left()).toBe(1)
    await undo(core, scope(draftId))
    expect(await left()).toBe(2)
    await edit(1, 'Why now? [small] Written.')
    await edit(2, 'Written too.')
    expect(await left()).toBe(0)
    await restoreRevision(core, scope(draftId), 1)
    expect(await left()).toBe(2)
  })

  it('goes with its words when segments are split and joined', async () => {
    const { core } = program()
    await splitSegment(core, scope(draftId), await segmentId(1))
    expect((await program().load(draftId)).segments).toHaveLength(4)
    expect(await left()).toBe(2)
    await mergeSegment(core, scope(draftId), await segmentId(2))
    expect(await left()).toBeGreaterThan(0)
    await mergeSegment(core, scope(draftId), await segmentId(1))
    expect((await program().load(draftId)).segments).toHaveLength(2)
    expect(await left()).toBe(1)
  })
})
