import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { compose, type Program } from '../src/bot/program/compose.ts'
import { loadSettings } from '../src/bot/program/config.ts'
import { requestDraft } from '../src/core/draft/create.ts'
import { editSegment } from '../src/core/draft/edit-segment.ts'
import { getDraft } from '../src/core/draft/load.ts'
import { reopenDraft, requestRender } from '../src/core/draft/render.ts'
import { JobEntity } from '../src/db/entities/job.ts'
import { onDisk } from '../test/factories/on-disk.ts'
import type { Figure } from './table.ts'

const ANN = { id: 'ann', name: 'Ann' }
const PLACE = { surface: 'bench', workspace: 'bench:1', channelId: 'channel', threadId: null }
const SECONDS = 60

/** Measures what is left to do when someone presses Render: clips and sound were made while people reviewed. */
export async function jobFigures(say: (step: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rushes-bench-'))
  const settings = loadSettings({ DATA_DIR: folder, RENDER_CONCURRENCY: '2' })
  const program = await compose(settings, pino({ level: 'silent' }), { what: 'npm run bench' })
  try {
    await program.start()
    return await measureAll(program, say)
  } finally {
    await program.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureAll(program: Program, say: (step: string) => void): Promise<Figure[]> {
  const { core, queue } = program
  const input = { topic: 'Why the sky is blue', format: 'shorts', targetDuration: SECONDS }
  say(`a short of ${SECONDS} s: script, voices, footage; clips and sound while people review …`)
  const { draftId } = await requestDraft(core, input, ANN, PLACE)
  await queue.idle()
  const scope = { workspace: PLACE.workspace, draftId, actor: ANN }
  const { segments } = await getDraft(core, PLACE.workspace, draftId)

  const warm = await press(program, scope)
  say(`Render, everything warm: ${warm.toFixed(2)} s`)
  await reopenDraft(core, scope)
  const [first] = segments
  const change = { text: `${first?.text ?? ''} Is it not?` }
  await editSegment(core, scope, { segmentId: first?.id ?? 0, change })
  await queue.idle()
  const edited = await press(program, scope)
  say(`Render, after an edit and a look at it: ${edited.toFixed(2)} s`)
  return [
    seconds(`Render of a ${SECONDS} s short, everything warm: press to file`, warm),
    seconds('the same after one edit and its clip', edited),
  ]
}

/** Seconds from the press of Render to the finished file. */
async function press(
  { core, queue }: Program,
  scope: { workspace: string; draftId: string; actor: typeof ANN },
): Promise<number> {
  const began = performance.now()
  const jobId = await requestRender(core, scope, { allowsPlaceholders: true })
  await queue.idle(scope.draftId)
  const took = (performance.now() - began) / 1000
  const job = await core.db.fork().findOneOrFail(JobEntity, { jobId })
  if (job.outputVideoPath === null) throw new Error(job.error ?? 'there is no video')
  await stat(onDisk(core.store, job.outputVideoPath))
  return took
}

function seconds(what: string, measured: number): Figure {
  return { what, goal: '≤ 2.00 s', measured: `${measured.toFixed(2)} s`, isMet: measured <= 2 }
}
