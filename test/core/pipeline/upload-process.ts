import { pino } from 'pino'
import { compose } from '../../../src/bot/program/compose.ts'
import { loadSettings } from '../../../src/bot/program/config.ts'
import { QUICK_FFMPEG } from '../../factories/quick-ffmpeg.ts'
import { fakeProviders } from '../../fakes/providers.ts'

/** A separate process that runs the jobs of a data folder: `node upload-process.ts <data folder>`. */
const [DATA_DIR = ''] = process.argv.slice(2)
const settings = loadSettings({ ...process.env, DATA_DIR, ...QUICK_FFMPEG })
const log = pino({ level: 'warn', base: null }, pino.destination({ dest: 2, sync: true }))
const program = await compose(settings, log, { providers: fakeProviders(), rendersAhead: false })
await program.start()
