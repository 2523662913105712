import { keepFilesPrivate } from '../private-files.ts'
import { runDemo } from './run.ts'

const umask = keepFilesPrivate()
process.exitCode = await runDemo(process.argv.slice(2), umask, console)
