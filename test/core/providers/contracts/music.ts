import { describe, expect, it } from 'vitest'
import { MOODS } from '../../../../src/core/model/formats.ts'
import type { MusicProvider } from '../../../../src/core/model/providers.ts'
import { probeFile } from './probe-file.ts'
import { cancelled, inTime, type Made, useProvider } from './setup.ts'

const SEED = 'draft_20260101_000000_ab'

/** The contract of every music provider. `make` returns one that has something calm. */
export function describeMusicProvider(name: string, make: () => Promise<Made<MusicProvider>>): void {
  describe(`${name} as a music provider`, () => {
    const { provider, locate } = useProvider(make)

    it.each(MOODS)('has a readable track or nothing that is %s', async (mood) => {
      const track = await provider().pick({ mood, seed: SEED, duration: 30 }, inTime())
      if (mood === 'calm') expect(track).not.toBeNull()
      if (track === null) return
      expect(track.provider).toBe(provider().name)
      const { streams, format } = await probeFile(locate(track.file))
      expect(streams.some(({ codec_type }) => codec_type === 'audio')).toBe(true)
      expect(format.duration).toBeGreaterThan(0.1)
    })

    it('keeps the track of a draft', async () => {
      const pick = () => provider().pick({ mood: 'calm', seed: SEED, duration: 30 }, inTime())
      expect((await pick())?.id).toBe((await pick())?.id)
    })

    it('ends with the reason when it is cancelled', async () => {
      const { signal, reason } = cancelled()
      await expect(provider().pick({ mood: 'calm', seed: SEED, duration: 30 }, signal)).rejects.toBe(reason)
    })
  })
}
