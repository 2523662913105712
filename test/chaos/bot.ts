import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { compose, type Program } from '../../src/bot/program/compose.ts'
import { loadSettings } from '../../src/bot/program/config.ts'
import { JobEntity } from '../../src/db/entities/job.ts'
import { QUICK_FFMPEG } from '../factories/quick-ffmpeg.ts'
import { fakeProviders } from '../fakes/providers.ts'
import { calmDown } from './calm.ts'
import { endAt, type Reached } from './moments.ts'
import { actForEver } from './people.ts'
import { FilePlatform } from './platform.ts'

/**
 * The program as a process of its own: `node test/chaos/bot.ts <data folder> <platform file> busy|calm [moment nth]`. A busy
 * one is used by people until somebody ends it, or until a moment comes for the nth time, at which it ends itself like
 * `kill -9`. A calm one finishes what there is to do, cleans up, stops and says how often the platform was reached when all
 * had been done already (which is never, if the threads are in line).
 */
const [folder = '', platformFile = '', mood, moment, nth] = process.argv.slice(2)
const reached = endAt(moment, Number(nth ?? 1))
const log = pino({ level: 'warn', base: null }, pino.destination({ dest: 2, sync: true }))
const settings = loadSettings({
  DATA_DIR: folder,
  LOG_LEVEL: 'warn',
  ASSET_GRACE_HOURS: '0',
  ...QUICK_FFMPEG,
})
const platform = new FilePlatform(platformFile, reached)
const providers = fakeProviders(['One two.', 'Three four.'])
/** Milliseconds that a service takes to answer. */
const ANSWER = 400
providers.onScript = () => working('script')
providers.onVoice = () => working('voice')
providers.onFootage = () => working('footage')

const program = await compose(settings, log, { providers })
program.threads.register(platform.chat())
watchRenders(program, () => reached('render'))
await program.start()
process.stdout.write('ready\n')

if (mood === 'calm') {
  process.stdout.write(`repeated ${JSON.stringify(await calmDown(program, platform))}\n`)
  await program.stop()
} else await actForEver(program, platform)

async function working(moment: Parameters<Reached>[0]): Promise<void> {
  const half = (Math.random() * ANSWER) / 2
  await setTimeout(half)
  reached(moment)
  await setTimeout(half)
}

/** Tells when a finalize has come some way. */
function watchRenders({ core }: Program, onProgress: () => void): void {
  core.events.on('changed', async (draftId) => {
    const render = { draftId, kind: 'finalize', state: 'running', progress: { $gt: 0 } } as const
    if ((await core.db.fork().count(JobEntity, render)) > 0) onProgress()
  })
}
