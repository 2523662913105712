import { pino } from 'pino'
import { compose } from '../../src/bot/compose.ts'
import { loadSettings } from '../../src/bot/config.ts'
import { fakeProviders } from '../fakes/providers.ts'
import { actForEver } from './people.ts'
import { FilePlatform } from './platform.ts'

/**
 * The program as a process of its own: `node test/chaos/bot.ts <data folder> <platform file> busy|calm`. A busy one is used
 * by people until somebody ends it; a calm one finishes what there is to do, stops and says how often the platform was
 * reached when all had been done already (which is never, if the threads are in line).
 */
const [folder = '', platformFile = '', mood] = process.argv.slice(2)
const log = pino({ level: 'warn', base: null }, pino.destination({ dest: 2, sync: true }))
const settings = loadSettings({ DATA_DIR: folder, LOG_LEVEL: 'warn' })
const platform = new FilePlatform(platformFile)
const program = await compose(settings, log, { providers: fakeProviders(['One two.', 'Three four.']) })
program.threads.register(platform.chat())
await program.start()
process.stdout.write('ready\n')

if (mood === 'calm') {
  const settle = async () => {
    await program.queue.idle()
    await program.threads.settled()
  }
  await settle()
  const before = platform.accepted
  await program.threads.recover()
  await settle()
  process.stdout.write(`repeated ${platform.accepted - before}\n`)
  await program.stop()
} else {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void program.stop(1000).then(() => process.exit(0)))
  await actForEver(program)
}
