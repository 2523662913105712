import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { violations } from './invariants.ts'
import { killMany } from './kill.ts'

/** `npm run test:chaos [-- <kills>]`: kills the bot at random moments and looks at what is left. */
const times = Number(process.argv[2] ?? 60)
const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-chaos-'))
const platform = path.join(folder, 'platform.jsonl')
const data = path.join(folder, 'data')
const say = (line: string) => process.stdout.write(`${line}\n`)

const { repeated, errors } = await killMany(data, platform, times, say)
const wrong = [
  ...(await violations(data, platform)),
  ...errors.map((line) => `logged: ${line}`),
  ...(repeated > 0 ? [`${repeated} messages were sent anew although all was done`] : []),
]
for (const line of wrong) say(line)
say(wrong.length === 0 ? `Killed ${times} times; nothing is wrong.` : `The folder is kept: ${folder}`)
if (wrong.length === 0) await rm(folder, { recursive: true, force: true })
process.exitCode = wrong.length === 0 ? 0 : 1
