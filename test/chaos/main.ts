import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { trouble } from './invariants.ts'
import { killMany, randomKills } from './kill.ts'
import { rubbishMedia } from './rubbish-media.ts'

/** `npm run test:chaos [-- <kills>]`: kills the bot at random moments and looks at what is left; then gives it rubbish for media. */
const times = Number(process.argv[2] ?? 60)
const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-chaos-'))
const platform = path.join(folder, 'platform.jsonl')
const data = path.join(folder, 'data')
const say = (line: string) => process.stdout.write(`${line}\n`)

const chaos = await killMany(data, platform, randomKills(times), say)
const wrong = await trouble(data, platform, chaos)
wrong.push(...(await rubbishMedia(path.join(folder, 'rubbish'))))
for (const line of wrong) say(line)
say(
  wrong.length === 0
    ? `Killed ${times} times and fed with rubbish; nothing is wrong.`
    : `The folder is kept: ${folder}`,
)
if (wrong.length === 0) await rm(folder, { recursive: true, force: true })
process.exitCode = wrong.length === 0 ? 0 : 1
