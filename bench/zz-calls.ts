import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { plainText } from '../test/servers/discord/plain-text.ts'
import { startDiscord } from '../test/servers/discord/start.ts'
import { PATIENCE, startBot } from './bot-process.ts'

const LINES = Array.from(
  { length: 10 },
  (_, i) => `Number ${i + 1} is about bees, which dance to tell the others where the flowers are.`,
)
const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-bench-'))
const discord = await startDiscord()
const bot = await startBot(discord, folder)
try {
  const ann = discord.user('ann')
  const before = discord.requests.length
  ann.command('draft create', { script: LINES.join('\n\n'), format: 'square' }, { channel: discord.channel })
  const thread = await discord.thread(0, discord.channel)
  const all = () => discord.messages(thread)
  const find = (w: string) => all().findLast((m) => plainText(m).includes(w))
  await discord.until(
    () => find('[Render]') !== undefined && all().some((m) => plainText(m).includes('Ready to render')),
    'ready',
    PATIENCE,
  )
  console.error('ready after', discord.requests.length - before)
  const card = find('[Render]')
  if (!card) throw new Error('no card')
  const press = ann.press(card, 'Render')
  if (process.argv[2] === 'form') ann.submit(await press.modal())
  await discord.until(
    () => all().some((m) => /\[(Reopen|Make changes)\]/.test(plainText(m))),
    'done',
    PATIENCE,
  )
  await sleep(4000)
  const requests = discord.requests.slice(before)
  console.log('calls', requests.length)
  for (const r of requests)
    console.log(
      r.method,
      r.path.replace(/\d{10,}/g, (id) => `…${id.slice(-5)}`),
      JSON.stringify(r).slice(0, 0),
    )
  console.log('channel messages', discord.messages(discord.channel).length)
  for (const m of [...discord.messages(discord.channel), ...all()]) console.log('-----\n' + plainText(m))
} finally {
  await bot.stop()
  await discord.stop()
  await rm(folder, { recursive: true, force: true })
}
