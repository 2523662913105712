import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { keepFilesPrivate } from './private-files.ts'
import { stopSignal } from './stop-signal.ts'

/** `npm start`. The rest takes a second or more to load, during which the program can already be stopped. */
keepFilesPrivate()
const stop = stopSignal()
// What Node has made of the sources is kept where tools keep such things: the next start needs a third less of the processor.
enableCompileCache(path.join(import.meta.dirname, '../../../node_modules/.cache/rushes'))
// Left to itself V8 lets garbage grow to several times of what is in use before it collects it; ffmpeg needs the memory more.
setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--heap-growing-percent=50')
const { run } = await import('./run.ts')
process.exit(await run(stop))
