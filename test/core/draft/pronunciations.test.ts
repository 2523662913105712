import { describe, expect, it } from 'vitest'
import {
  pronunciationsOf,
  readPronunciations,
  revoiceConcerned,
  savePronunciations,
  writePronunciations,
} from '../../../src/core/draft/pronunciations.ts'
import { StaleEditError } from '../../../src/core/model/errors.ts'
import { AuditEntity } from '../../../src/db/entities/audit.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'

const program = sharedProgram()
/** A separate workspace for each test. */
let workspaces = 0
const somewhere = () => {
  workspaces += 1
  return { ...PLACE, workspace: `discord:${900 + workspaces}` }
}

describe('the list of a workspace', () => {
  it('is empty, is kept, and tells what is said differently from now on', async () => {
    const { core } = program()
    const place = somewhere()
    expect(await pronunciationsOf(core, place.workspace)).toMatchObject({ entries: [], version: 0 })
    const first = readPronunciations('Nguyen = win\n\n  BTS  →  방탄소년단\nbts = bee tee ess\n')
    const nguyen = { written: 'Nguyen', spoken: 'win' }
    const bts = { written: 'bts', spoken: 'bee tee ess' }
    expect(await savePronunciations(core, { place, actor: ANN }, first, 0)).toEqual([nguyen, bts])
    const list = await pronunciationsOf(core, place.workspace)
    expect(list).toMatchObject({ entries: [nguyen, bts], version: 1 })
    expect(readPronunciations(writePronunciations(list.entries))).toEqual(list.entries)
    expect(await savePronunciations(core, { place, actor: ANN }, list.entries, 1)).toEqual([])
    expect(await savePronunciations(core, { place, actor: ANN }, [nguyen], 1)).toEqual([bts])
    expect(await pronunciationsOf(core, somewhere().workspace)).toMatchObject({ entries: [] })
    const acts = await core.db.fork().find(AuditEntity, { workspace: place.workspace })
    expect(acts.map(({ act, facts, actorId }) => [act, facts, actorId])).toEqual([
      ['pronunciations_set', { entries: 2, changed: 2 }, ANN.id],
      ['pronunciations_set', { entries: 1, changed: 1 }, ANN.id],
    ])
  })

  it('is not changed by somebody who has not seen the newest', async () => {
    const { core } = program()
    const place = somewhere()
    const by = (actor: typeof ANN, spoken: string) =>
      savePronunciations(core, { place, actor }, [{ written: 'Nguyen', spoken }], 0)
    const both = await Promise.allSettled([by(ANN, 'win'), by(BEN, 'nwin')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = both.find((one) => one.status === 'rejected')?.reason
    expect(refused).toBeInstanceOf(StaleEditError)
    expect(['Ann', 'Ben']).toContain(refused.changedBy)
  })

  it('has limits, and each line needs both', async () => {
    const { core } = program()
    const place = somewhere()
    const save = (typed: string) => savePronunciations(core, { place, actor: ANN }, readPronunciations(typed))
    expect(() => readPronunciations('Nguyen')).toThrow('“Nguyen” cannot be used')
    expect(() => readPronunciations('Nguyen =')).toThrow('cannot be used')
    expect(() => readPronunciations('a = b\n'.repeat(600))).toThrow('at most 3000')
    await expect(save(`${'a'.repeat(61)} = b`)).rejects.toMatchObject({ code: 'text_too_long' })
    const many = Array.from({ length: 51 }, (_, index) => `n${index} = b`).join('\n')
    await expect(save(many)).rejects.toMatchObject({ code: 'too_many_pronunciations' })
    expect(await pronunciationsOf(core, place.workspace)).toMatchObject({ version: 0 })
  })
})

it('is what voices say from then on, and of a draft only what it concerns is recorded again', async () => {
  const { core, fakes, queue, ready, load } = program()
  const draftId = await ready()
  const before = await load(draftId)
  const [first, ...others] = before.segments
  const word = first?.text.split(' ')[0] ?? ''
  const changed = await savePronunciations(core, { place: PLACE, actor: ANN }, [
    { written: word.toLowerCase(), spoken: 'won' },
  ])
  expect(await revoiceConcerned(core, scope(draftId), changed)).toBe(1)
  await queue.idle()
  const after = await load(draftId)
  expect(fakes.spoken.at(-1)).toBe(first?.text.replace(word, 'won'))
  expect(after.segments.slice(1)).toEqual(others)
  expect(after.draft.status).toBe('assets_ready')
  expect(after.segments[0]).toMatchObject({ text: first?.text, voiceTake: (first?.voiceTake ?? 0) + 1 })
  expect(after.segments[0]?.ttsLocalPath).not.toBeNull()
  // Removing it again affects the same segment.
  const removed = await savePronunciations(core, { place: PLACE, actor: ANN }, [])
  expect(await revoiceConcerned(core, scope(draftId), removed)).toBe(1)
  await queue.idle()
  expect(fakes.spoken.at(-1)).toBe(first?.text)
  expect(await revoiceConcerned(core, scope(draftId), [{ written: 'nowhere', spoken: 'x' }])).toBe(0)
})
