import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { keepFilesPrivate } from './private-files.ts'
import { stopSignal } from './stop-signal.ts'

/** `npm start`. The rest takes a second or more to load, and the program can already be stopped during that time. */
keepFilesPrivate()
const stop = stopSignal()
// Compiled sources are cached where tools keep such files: the next start takes a third less CPU time.
enableCompileCache(path.join(import.meta.dirname, '../../../node_modules/.cache/rushes'))
// By default V8 lets garbage grow to several times the live heap before collecting it; ffmpeg needs the memory more.
setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--heap-growing-percent=50')
const { run } = await import('./run.ts')
process.exit(await run(stop))
