import sharp from 'sharp'
import { pictureTask } from './picture-task.ts'

/**
 * Runs as a process of its own: what others have made is decoded here, and may at worst end this. One picture a process; the
 * arguments are those of `pictureTask`, the answer is one line of JSON.
 */

sharp.concurrency(1)
sharp.cache(false)

process.stdout.write(`${JSON.stringify(await pictureTask(process.argv.slice(2)))}\n`)
