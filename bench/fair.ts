import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { compose, type Program } from '../src/bot/program/compose.ts'
import { loadSettings } from '../src/bot/program/config.ts'
import { requestDraft } from '../src/core/draft/create.ts'
import type { Figure } from './table.ts'

const ANN = { id: 'ann', name: 'Ann' }
const BEN = { id: 'ben', name: 'Ben' }
const CY = { id: 'cy', name: 'Cy' }
const PLACE = { surface: 'bench', workspace: 'bench:1', channelId: 'channel', threadId: null }
const DRAFTS = 40
const SEGMENTS = 8
const GOAL = 2

/** How much longer one person's draft takes (voices, footage, clips and sound) because another person started forty before. */
export async function fairFigures(say: (step: string) => void): Promise<Figure[]> {
  const alone = await measure((program) => makeDraft(program, BEN, 'alone'))
  say(`${SEGMENTS} segments, nobody else there: ${alone.toFixed(2)} s`)
  const beside = await measure(async (program) => {
    for (let index = 0; index < DRAFTS; index += 1) await ask(program, ANN, `draft ${index}`)
    return makeDraft(program, BEN, 'beside')
  })
  say(`the same after ${DRAFTS} drafts of somebody else: ${beside.toFixed(2)} s`)
  const ratio = beside / alone
  return [
    {
      what: `${SEGMENTS} segments beside ${DRAFTS} drafts of somebody else, against nobody else there`,
      goal: `≤ ${GOAL.toFixed(2)}×`,
      measured: `${ratio.toFixed(2)}×`,
      isMet: ratio <= GOAL,
    },
  ]
}

async function measure(run: (program: Program) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rushes-bench-'))
  const settings = loadSettings({ DATA_DIR: folder, RENDER_CONCURRENCY: '2' })
  const program = await compose(settings, pino({ level: 'silent' }), { what: 'npm run bench' })
  try {
    await program.start()
    // Everything that is started once (voices, fonts, workers) is started before measuring, for a third person: those who had
    // work done lately let others go first.
    await makeDraft(program, CY, 'warm up')
    return await run(program)
  } finally {
    await program.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Seconds until a draft is ready to render and has no work left. */
async function makeDraft(program: Program, actor: typeof ANN, name: string): Promise<number> {
  const began = performance.now()
  const draftId = await ask(program, actor, name)
  await program.queue.idle(draftId)
  return (performance.now() - began) / 1000
}

/** A draft with unique words, so that none of its files exist yet. */
async function ask({ core }: Program, actor: typeof ANN, name: string): Promise<string> {
  const sentence = (index: number) => `Line ${index + 1} of the ${name}.`
  const script = Array.from({ length: SEGMENTS }, (_, index) => sentence(index)).join('\n\n')
  const { draftId } = await requestDraft(core, { script, format: 'square' }, actor, PLACE)
  return draftId
}
