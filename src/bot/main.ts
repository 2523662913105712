import { keepFilesPrivate } from './private-files.ts'
import { stopSignal } from './stop-signal.ts'

/** `npm start`. The rest takes a second or more to load, in which the program can be told to stop already. */
keepFilesPrivate()
const stop = stopSignal()
const { run } = await import('./run.ts')
process.exit(await run(stop))
