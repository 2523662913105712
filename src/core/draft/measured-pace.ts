import { z } from 'zod'
import type { Core } from './core.ts'
import { speakingPace } from './duration.ts'

/** Segments that are looked back on: enough to even out, few enough to notice another model. */
const SEGMENTS = 60
/** Characters that must have been heard; fewer say more about their pauses than about the voice. */
const ENOUGH = 300
/** How far a measurement may be from what the provider says of itself. */
const TRUSTED = { min: 0.5, max: 2 }

const Heard = z.tuple([z.object({ characters: z.number().nullable(), seconds: z.number().nullable() })])

/**
 * Characters a second, spaces included, that a voice was heard to speak in a language, by what it has spoken for all
 * drafts; by what its provider says of itself while that is little.
 */
export async function measuredPace(core: Core, of: Speaking): Promise<number> {
  const stated = speakingPace(core, of.language, of.voiceSpeed)
  const provider = core.providers.voice[0]?.name
  const heard = provider === undefined ? null : await heardPace(core, provider, of)
  if (heard === null) return stated
  return Math.min(stated * TRUSTED.max, Math.max(stated * TRUSTED.min, heard))
}

interface Speaking {
  language: string
  voice: string | null
  voiceSpeed: number
}

/** Characters a second that a voice of a provider was heard to speak; null while that is little. */
export async function heardPace(
  core: Core,
  provider: string,
  { language, voice, voiceSpeed }: Speaking,
): Promise<number | null> {
  const rows = await core.db.fork().execute(
    // At speed 1, as drafts may have been spoken faster or slower.
    `select sum(length(text)) as characters, sum(tts_duration * voice_speed) as seconds from (
         select s.text, s.tts_duration, d.voice_speed
           from draft_segments s join drafts d on d.draft_id = s.draft_id
           where s.tts_provider = ? and d.language = ? and d.voice is ? and s.tts_duration > 0
           order by s.id desc limit ?)`,
    [provider, language, voice, SEGMENTS],
  )
  const [{ characters, seconds }] = Heard.parse(rows)
  if (characters === null || seconds === null || characters < ENOUGH) return null
  return (characters / seconds) * voiceSpeed
}
