import sharp from 'sharp'
import { pictureTask } from './picture-task.ts'

/**
 * Runs in a separate process: other people's files are decoded here, so at worst they crash only this. Each process handles one
 * picture; its arguments are those of `pictureTask`, its output is one line of JSON.
 */

sharp.concurrency(1)
sharp.cache(false)

process.stdout.write(`${JSON.stringify(await pictureTask(process.argv.slice(2)))}\n`)
