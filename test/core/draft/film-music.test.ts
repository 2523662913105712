import { pino } from 'pino'
import { expect, it } from 'vitest'
import { musicOfFilm, toldOf } from '../../../src/core/draft/film-music.ts'
import { type PayloadInput, payloadOf } from '../../../src/core/draft/payloads.ts'
import { ProviderError } from '../../../src/core/model/errors.ts'
import type { MusicProvider, MusicTrack } from '../../../src/core/model/providers.ts'
import { storyboard } from '../media/material.ts'

const signal = new AbortController().signal
const board = storyboard([], { music: { enabled: true, mood: 'calm', volume: 20 } })
const REPORT = {
  ...{ clipsEncoded: 1, clipsReused: 0, soundReused: false, duration: 1 },
  timings: { clips: 1, sound: 1, join: 1, total: 1 },
}

const track = (id: string, file = `music/ab/${id}.wav`): MusicTrack => ({
  ...{ provider: 'folder', id, file, title: `Title ${id}`, author: null, loops: false, length: 9 },
})

/** Picks the first track, and finds all of them. */
function coreWith(...tracks: MusicTrack[]) {
  const music: MusicProvider = {
    name: 'folder',
    pick: async () => tracks[0] ?? null,
    find: async (id) => {
      if (tracks.length === 0) throw new ProviderError('folder', 'unavailable', 'The folder is gone.')
      return tracks.find((each) => each.id === id) ?? null
    },
  }
  return { providers: { script: [], voice: [], footage: [], music: [music] }, log: pino({ enabled: false }) }
}

const find = (core: ReturnType<typeof coreWith>, rendered: PayloadInput<'finalize'>) =>
  musicOfFilm(core, board, payloadOf('finalize', { payload: rendered }), signal)

it('a film has the music that it was rendered with, whatever a draft would get now', async () => {
  const old = track('old')
  const rendered = { report: REPORT, music: await toldOf(old) }
  expect(await find(coreWith(track('new'), old), rendered)).toEqual({ track: old, isLost: false })
  // The track is gone, another one has its name, or the folder is gone.
  for (const tracks of [[track('new')], [track('old', 'music/cd/other.wav')], []])
    expect(await find(coreWith(...tracks), rendered)).toEqual({ track: null, isLost: true })
  expect(await find(coreWith(old), { report: REPORT, music: null })).toEqual({ track: null, isLost: false })
})

it('of films of earlier versions it is the music that a draft would get, if that is called the same', async () => {
  const music = { provider: 'folder', title: 'Title old', author: null }
  const old = track('old')
  expect(await find(coreWith(old), { report: REPORT, music })).toEqual({ track: old, isLost: false })
  const other = await find(coreWith(track('new'), old), { report: REPORT, music })
  expect(other).toEqual({ track: null, isLost: true })
  // The first versions stored nothing about it.
  expect(await find(coreWith(old), {})).toEqual({ track: null, isLost: true })
})
