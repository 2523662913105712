import { describe, expect, it } from 'vitest'
import type { Urgency } from '../../../src/core/media/ffmpeg/pool.ts'
import { UserError } from '../../../src/core/model/errors.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { desk } from '../../factories/desk.ts'
import { type TestProgram, testProgram } from '../../factories/program.ts'
import { buttonsIn, saidIn } from '../../fakes/chat.ts'
import { quickProviders } from '../../fakes/providers.ts'

/** Makes every ffmpeg run of one urgency fail until it is restored. */
function breakdown({ core }: TestProgram, urgency: Urgency) {
  const { pool } = core.ffmpeg
  let isBroken = true
  core.ffmpeg.pool = {
    concurrency: pool.concurrency,
    run: async (wanted, signal, work) => {
      if (isBroken && wanted === urgency) throw new UserError('ffmpeg_failed', { detail: 'broken.' })
      return pool.run(wanted, signal, work)
    },
  }
  return () => {
    isBroken = false
  }
}

/** A draft in its thread, once all work has stopped. */
async function shownDraft(program: TestProgram) {
  const { command, press, send, chat } = desk(() => program)
  const settle = async () => {
    await program.queue.idle()
    await program.threads.settled()
  }
  await command('create', { topic: 'Tea', format: 'square' })
  await settle()
  const thread = () => chat.inThread(chat.posted.find(({ threadId }) => threadId !== null)?.threadId ?? '')
  return {
    press,
    send,
    settle,
    top: () => thread()[0]?.view,
    segment: () => thread()[1]?.view,
    last: () => thread().at(-1)?.view,
  }
}

describe('Retry', () => {
  it('starts a failed render again, with the settings that the draft has', async () => {
    const program = await testProgram({ fakes: quickProviders(['One two.']) })
    const { press, send, settle, top, last } = await shownDraft(program)
    const repair = breakdown(program, 'render')
    const { form } = await press(buttonsIn(last())['Change look'])
    await send(form?.action, { template: 'news', music: 'none', volume: '10' })
    await settle()
    await press(buttonsIn(last()).Render)
    await settle()
    expect(saidIn(top())).toContain('The last render failed. ffmpeg failed: broken.')
    const jobs = () => program.core.db.fork().find(JobEntity, { kind: 'finalize' })
    expect(await jobs()).toMatchObject([{ state: 'failed', attempts: 3 }])
    repair()
    await press(buttonsIn(top()).Retry)
    await settle()
    expect((await jobs()).map(({ state }) => state)).toEqual(['failed', 'done'])
    expect(saidIn(top())).toContain('Finished')
    expect(saidIn(top())).toContain('News captions · No music')
  })

  it('makes a clip and the sound that could not be made ahead', async () => {
    const program = await testProgram({ fakes: quickProviders(['One two.']), rendersAhead: true })
    const repair = breakdown(program, 'background')
    const { press, settle, top, segment } = await shownDraft(program)
    expect(saidIn(segment())).toContain('The clip could not be rendered. ffmpeg failed: broken.')
    expect(saidIn(top())).toContain('The sound could not be mixed in advance. ffmpeg failed: broken.')
    expect(buttonsIn(top()).Retry).toBeDefined()
    repair()
    await press(buttonsIn(segment()).Retry)
    await settle()
    for (const view of [segment(), top()]) {
      expect(saidIn(view)).not.toContain('broken')
      expect(buttonsIn(view).Retry).toBeUndefined()
    }
    const ahead = await program.core.db.fork().find(JobEntity, { kind: { $in: ['clip', 'sound'] } })
    expect(ahead.map(({ state }) => state).toSorted()).toEqual(['done', 'done', 'failed', 'failed'])
  })
})
