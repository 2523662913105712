import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pino } from 'pino'
import { compose, type Program } from '../../src/bot/program/compose.ts'
import { loadSettings } from '../../src/bot/program/config.ts'
import { requestDraft } from '../../src/core/draft/create.ts'
import { getDraft } from '../../src/core/draft/load.ts'
import { requestRender } from '../../src/core/draft/render.ts'
import { probeMedia } from '../../src/core/media/ffmpeg/probe.ts'
import { JobEntity } from '../../src/db/entities/job.ts'
import { colourVideo, make } from '../core/media/material.ts'
import { hugeGif, hugePng, rubbishSound, rubbishVideo } from '../core/media/rubbish.ts'
import { onDisk } from '../factories/on-disk.ts'
import { QUICK_FFMPEG } from '../factories/quick-ffmpeg.ts'
import { strayProcesses } from './invariants.ts'

/** The media that may be seen and heard: everything else in the folders is rubbish. */
const GOOD = { video: 'harbour good', still: 'harbour 50%d off', music: 'good' }
const SCRIPT = ['The harbour wakes.', 'The harbour works.', 'The harbour sleeps.']

/**
 * A team's folders are full of files that don't decode, claim to be huge, or refer to files elsewhere; a film is still made from
 * the good ones.
 * @returns what is wrong, one sentence each.
 */
export async function rubbishMedia(folder: string): Promise<string[]> {
  const [media, music, data] = ['media', 'music', 'data %d'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ]
  await fillMedia(media, folder)
  await fillMusic(path.join(music, 'calm'), folder)
  const settings = loadSettings({ DATA_DIR: data, MEDIA_DIR: media, MUSIC_DIR: music, ...QUICK_FFMPEG })
  const program = await compose(settings, pino({ level: 'silent' }), { rendersAhead: false })
  try {
    await program.start()
    return [...(await filmTrouble(program)), ...(await leftovers(data)), ...strayProcesses(folder)]
  } finally {
    await program.stop()
  }
}

async function filmTrouble(program: Program): Promise<string[]> {
  const { core, queue } = program
  const actor = { id: 'ann', name: 'Ann' }
  const workspace = 'chaos'
  const place = { surface: 'chaos', workspace, channelId: 'channel', threadId: null }
  const input = { script: SCRIPT.join('\n\n'), format: 'square', targetDuration: 10, mood: 'calm' } as const
  const { draftId } = await requestDraft(core, input, actor, place)
  await queue.idle()
  const { segments } = await getDraft(core, workspace, draftId)
  const wrong: string[] = []
  const allowed: (string | null)[] = [GOOD.video, GOOD.still]
  for (const { videoProvider, videoTitle, footageError } of segments)
    if (videoProvider !== 'drawn' && !(videoProvider === 'media' && allowed.includes(videoTitle)))
      wrong.push(`a segment shows “${videoTitle}” of ${videoProvider} (${footageError})`)
  for (const title of allowed)
    if (!segments.some(({ videoTitle }) => videoTitle === title)) wrong.push(`“${title}” is not shown`)

  const jobId = await requestRender(core, { workspace, draftId, actor })
  await queue.idle()
  const job = await core.db.fork().findOneOrFail(JobEntity, { jobId })
  if (job.state !== 'done') return [...wrong, `the render is ${job.state}: ${job.error}`]
  const heard = job.payload.music
  if (!isTrack(heard) || heard.title !== GOOD.music) wrong.push(`the music is ${JSON.stringify(heard)}`)
  const film = await probeMedia(core.ffmpeg, onDisk(core.store, job.outputVideoPath ?? ''))
  if (Math.abs((film.duration ?? 0) - (job.outputDuration ?? 0)) > 0.1) wrong.push('the film is damaged')
  return wrong
}

function isTrack(value: unknown): value is { title: unknown } {
  return typeof value === 'object' && value !== null && 'title' in value
}

async function leftovers(data: string): Promise<string[]> {
  return (await readdir(path.join(data, 'tmp'))).map((name) => `left behind: tmp/${name}`)
}

async function fillMedia(media: string, outside: string): Promise<void> {
  await mkdir(media, { recursive: true })
  const put = (name: string, content: string | Buffer) =>
    writeFile(path.join(media, `harbour ${name}`), content)
  await colourVideo(path.join(media, `${GOOD.video}.mp4`), 'green', 3)
  const still = ['-f', 'lavfi', '-i', 'color=c=blue:s=640x640', '-frames:v', '1', '-f', 'mjpeg']
  await make([...still, `file:${path.join(media, `${GOOD.still}.jpg`)}`])
  const secret = await colourVideo(path.join(outside, 'secret.ts'), 'red', 3)
  await mkdir(path.join(media, 'harbour'))
  await rubbishVideo(path.join(media, 'harbour'))
  await put('list.mp4', `#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n${secret}\n#EXT-X-ENDLIST\n`)
  await put('join.mov', `ffconcat version 1.0\nfile ../secret.ts\n`)
  await put('page.webm', '<html><body>Not found</body></html>')
  await put('drawing.png', '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>')
  await put('huge.png', hugePng(30_000))
  await put('huge.gif', hugeGif(60_000))
  await put('noise.mkv', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251)))
  await put('empty.mp4', '')
}

async function fillMusic(calm: string, outside: string): Promise<void> {
  await mkdir(calm, { recursive: true })
  await rubbishSound(calm)
  await make(['-f', 'lavfi', '-i', 'sine=440:d=3', path.join(calm, `${GOOD.music}.mp3`)])
  const list = `#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n${path.join(outside, 'secret.ts')}\n#EXT-X-ENDLIST\n`
  for (let index = 0; index < 4; index++) await writeFile(path.join(calm, `list ${index}.mp3`), list)
}
