import { z } from 'zod'
import type { Core } from './core.ts'
import { speakingPace } from './duration.ts'

/** The number of recent segments considered: enough for an average, few enough to notice a new model. */
const SEGMENTS = 60
/** The minimum number of characters; fewer reflect the pauses more than the voice. */
const ENOUGH = 300
/** How far a measurement may deviate from the provider's statement. */
const TRUSTED = { min: 0.5, max: 2 }

const Heard = z.tuple([z.object({ characters: z.number().nullable(), seconds: z.number().nullable() })])

/**
 * A voice's measured characters per second in a language, including spaces, over all drafts; the provider's stated pace
 * while there is too little data.
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

/** The measured characters per second of a provider's voice; null while there is too little data. */
export async function heardPace(
  core: Core,
  provider: string,
  { language, voice, voiceSpeed }: Speaking,
): Promise<number | null> {
  const rows = await core.db.fork().execute(
    // Normalised to speed 1, because drafts may use other speeds.
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
