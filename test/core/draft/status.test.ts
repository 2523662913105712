import { describe, expect, it } from 'vitest'
import { MOVES, moveStatus, type StatusEvent } from '../../../src/core/draft/status.ts'
import { DraftEntity, STATUSES, type Status } from '../../../src/db/entities/draft.ts'
import { testProgram } from '../../factories/program.ts'

/** The status table, written again by hand: what each event does in each status. */
const TABLE: Record<StatusEvent, Partial<Record<Status, Status>>> = {
  assets_complete: { editing: 'assets_ready' },
  asset_stale: { assets_ready: 'editing' },
  finalize: { editing: 'converting', assets_ready: 'converting' },
  rendered: { converting: 'finalized' },
  render_ended: { converting: 'assets_ready' },
  render_ended_incomplete: { converting: 'editing' },
  reopen: { finalized: 'assets_ready' },
}

describe('the status of a draft', () => {
  it('moves in every status on every event as the table says', async () => {
    const { core, draft } = await testProgram()
    const draftId = await draft({ topic: 'Tea', collect: false })
    const em = core.db.fork()
    for (const event of Object.keys(MOVES) as StatusEvent[])
      for (const from of STATUSES) {
        await em.nativeUpdate(DraftEntity, { draftId }, { status: from })
        const moved = await moveStatus(core.db.fork(), draftId, event, new Date())
        const { status } = await core.db.fork().findOneOrFail(DraftEntity, { draftId })
        const expected = TABLE[event][from]
        expect([event, from, moved, status]).toEqual([event, from, expected !== undefined, expected ?? from])
      }
  })

  it('lets one of two simultaneous moves win', async () => {
    const { core, draft } = await testProgram()
    const draftId = await draft()
    const moves = await Promise.all(
      [1, 2, 3, 4].map(() => core.db.transaction((em) => moveStatus(em, draftId, 'finalize', new Date()))),
    )
    expect(moves.filter(Boolean)).toHaveLength(1)
  })
})
