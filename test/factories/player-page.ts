import { createReadStream, statSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from '../../src/bot/surfaces/web/env.ts'
import { MAP } from '../../src/bot/surfaces/web/import-map.ts'
import { serveClient } from '../../src/bot/surfaces/web/serve-client.ts'
import { EMBEDDED, make } from '../core/media/material.ts'

const CLIENT = '/studio/src/bot/surfaces/web/client'

/** The player alone, for a draft passed to `show`; `sampled` records for each drawn frame what is on top of the stage. */
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Player</title>
<link rel="stylesheet" href="${CLIENT}/studio.css"><link rel="stylesheet" href="${CLIENT}/player/player.css">
<script type="importmap">${MAP}</script></head><body><main id="app"></main><script type="module">
import { html, render } from 'htm/preact'
import { Player } from '${CLIENT}/player/player.ts'
import * as state from '${CLIENT}/state.ts'
render(html\`<\${Player} />\`, document.getElementById('app'))
const stage = document.querySelector('.player-pictures')
const top = () => [...stage.children].toSorted((a, b) => b.style.zIndex - a.style.zIndex)[0]
const seen = () => {
  const { shows } = stage.dataset
  const video = shows === 'clip' ? top() : null
  return {
    now: performance.now(), t: state.playhead.value, shows,
    clip: video && new URL(video.src).pathname + new URL(video.src).search, at: video?.currentTime ?? null,
    ready: video?.readyState ?? null, isSeeking: video?.seeking ?? false,
    image: shows === 'still' ? new URL(top().src).pathname : null,
  }
}
Object.assign(window, {
  state, seen,
  show: (draft) => { state.draft.value = draft },
  sampled: (until) => new Promise((done) => {
    const samples = []
    const look = () => {
      samples.push(seen())
      if (!state.playing.value || state.playhead.value >= until) done(samples)
      else requestAnimationFrame(look)
    }
    state.playing.value = true
    requestAnimationFrame(look)
  }),
})
window.isReady = true
</script></body></html>`

export interface Seen {
  now: number
  t: number
  shows: 'clip' | 'still' | 'words' | 'nothing'
  clip: string | null
  at: number | null
  ready: number | null
  isSeeking: boolean
  image: string | null
}

interface PlayerPage {
  origin: string
  /** The files that were requested. */
  asked: string[]
  close(): void
}

/** A film with one colour for each clip, with a mix, as the draft that the player's page expects. */
export async function makeFilm(
  folder: string,
  { colours, seconds, size }: { colours: readonly string[]; seconds: number; size: string },
) {
  const file = (name: string) => path.join(folder, name)
  for (const [index, colour] of colours.entries()) {
    const picture = `color=c=${colour.replace('#', '0x')}:s=${size}:r=30:d=${seconds}`
    const voice = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=mono', '-shortest', '-c:a', 'aac']
    const video = [
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-pix_fmt',
      'yuv420p',
      '-movflags',
      '+faststart',
    ]
    await make(['-f', 'lavfi', '-i', picture, ...voice, ...video, file(`clip${index}.mp4`)], EMBEDDED)
  }
  const sound = `sine=f=300:r=48000:d=${colours.length * seconds}`
  await make(['-f', 'lavfi', '-i', sound, '-c:a', 'aac', file('mix.m4a')], EMBEDDED)
}

/** A draft of these clips (null for one still being made), with the fields that the player reads. */
export function playedDraft(
  clips: readonly (string | null)[],
  seconds: number,
  sound: string | null = '/media/mix.m4a',
) {
  const segments = clips.map((clip, index) => ({
    ...{ segment_id: index + 1, segment_index: index, text: `Words of ${index + 1}`, length: seconds },
    ...{ clip_url: clip && `/media/${clip}`, voice: { url: `/media/voice${index}.wav` } },
    footage: { still_url: '/media/still.png' },
  }))
  const rights = { write: false, render: false, delete: false }
  return { format: 'shorts', length: clips.length * seconds, sound_url: sound, segments, rights }
}

/** Serves the player's page, and a folder's files under `/media/` the way browsers request media: in ranges. */
export async function playerPage(folder: string): Promise<PlayerPage> {
  const asked: string[] = []
  const app = new OpenAPIHono<Env>()
  serveClient(app)
  app.get('/player', (context) => context.html(PAGE))
  const listener = getRequestListener(app.fetch)
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://player')
    if (!pathname.startsWith('/media/')) return void listener(request, response)
    asked.push(pathname + search)
    sendRange(path.join(folder, path.basename(pathname)), request.headers.range, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    ...{ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function sendRange(file: string, range: string | undefined, response: ServerResponse): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  if (size === undefined) return void response.writeHead(404).end()
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  const from = Number(first ?? 0)
  const to = last ? Number(last) : size - 1
  response.writeHead(first === undefined ? 200 : 206, {
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    ...{ 'content-length': to - from + 1, 'accept-ranges': 'bytes', 'cache-control': 'max-age=3600' },
    ...(first !== undefined && { 'content-range': `bytes ${from}-${to}/${size}` }),
  })
  createReadStream(file, { start: from, end: to }).pipe(response)
}

const TYPES: Record<string, string> = {
  ...{ '.mp4': 'video/mp4', '.m4a': 'audio/mp4', '.wav': 'audio/wav', '.png': 'image/png' },
}
