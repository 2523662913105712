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
 * The program as a separate process: `node test/chaos/bot.ts <data folder> <platform file> busy|calm [moment nth]`. A busy one is
 * used by people until it is killed, or until a moment comes for the nth time, at which it ends itself like `kill -9`. A calm one
 * finishes all remaining work, cleans up, stops and prints how often it called the platform after everything was done (never, if
 * the threads are up to date).
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

/** Calls back when a finalize has made some progress. */
function watchRenders({ core }: Program, onProgress: () => void): void {
  core.events.on('changed', async (draftId) => {
    const render = { draftId, kind: 'finalize', state: 'running', progress: { $gt: 0 } } as const
    if ((await core.db.fork().count(JobEntity, render)) > 0) onProgress()
  })
}
