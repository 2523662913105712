import { z } from 'zod'
import { TEMPLATE_NAMES } from '../media/captions/templates.ts'
import { UserError } from '../model/errors.ts'
import { FORMAT_NAMES, LANGUAGES, MOODS, OUTLINE_LANGUAGES } from '../model/formats.ts'
import { detectLanguage } from '../model/language.ts'
import { guessLanguage } from '../model/language-guess.ts'
import { LIMITS } from '../model/limits.ts'
import { searchable } from '../model/text/clean.ts'
import {
  cleanLine,
  cleanText,
  isSpeakable,
  requireChoice,
  requireNumber,
  requireSeconds,
} from './validate.ts'

/** What a person may specify when starting a draft. Everything is optional: without a topic or script, a topic is suggested. */
export interface CreateInput {
  topic?: string | undefined
  /** The person's own narration, used word for word. */
  script?: string | undefined
  format?: string | undefined
  /** Seconds. */
  targetDuration?: number | undefined
  style?: string | undefined
  language?: string | undefined
  /** The language if none is given and no letter reveals it. */
  fallbackLanguage?: string | undefined
  template?: string | undefined
  mood?: string | undefined
  musicEnabled?: boolean | undefined
  /** Percent. */
  volume?: number | undefined
  voice?: string | undefined
  voiceSpeed?: number | undefined
  accountId?: number | undefined
  /** Whether the film ends with the workspace's brand; true by default. */
  endCard?: boolean | undefined
  /** False to leave footage and voice for later. */
  collect?: boolean | undefined
}

/** Same, validated and complete; carried through the database by a job. */
export const DraftRequest = z.object({
  topic: z.string().nullable(),
  script: z.string().nullable(),
  format: z.enum(FORMAT_NAMES),
  /** Seconds. */
  targetDuration: z.number(),
  style: z.string().nullable(),
  language: z.string(),
  /** The language was neither chosen nor certain from the script. */
  isLanguageOpen: z.boolean().optional(),
  template: z.string(),
  music: z.object({ enabled: z.boolean(), mood: z.enum(MOODS), volume: z.number() }),
  voice: z.string().nullable(),
  voiceSpeed: z.number(),
  accountId: z.number().nullable(),
  endCard: z.boolean().optional(),
  collect: z.boolean(),
})
export type DraftRequest = z.infer<typeof DraftRequest>

export const CREATE_DEFAULTS = {
  format: 'shorts',
  targetDuration: 30,
  template: 'clean',
  mood: 'calm',
  volume: 25,
  voiceSpeed: 1,
} as const

/** @throws UserError with one sentence saying what is allowed. */
export function parseCreateInput(input: CreateInput): DraftRequest {
  // The language for dates in words; a script may still turn out to be in another language.
  const spoken = LANGUAGES.find((known) => known === input.language)
  const topic = orNull(cleanLine('topic', input.topic ?? '', LIMITS.topic, spoken))
  const script = orNull(cleanText('script', input.script ?? '', LIMITS.script, spoken))
  if (input.topic !== undefined && topic === null && script === null)
    throw new UserError('topic_or_script_missing')
  if (input.script !== undefined && script === null) throw new UserError('text_empty', { field: 'script' })
  for (const [field, text] of [['topic', topic] as const, ['script', script] as const])
    if (text !== null && !isSpeakable(text)) throw new UserError('text_without_words', { field })
  return {
    topic,
    script,
    format: requireChoice('format', input.format ?? CREATE_DEFAULTS.format, FORMAT_NAMES),
    targetDuration: Math.round(
      requireSeconds(
        'targetDuration',
        input.targetDuration ?? CREATE_DEFAULTS.targetDuration,
        LIMITS.targetDuration,
      ),
    ),
    style: orNull(cleanLine('style', input.style ?? '', LIMITS.style)),
    ...languageOf(topic, script, input),
    template: requireChoice('template', input.template ?? CREATE_DEFAULTS.template, TEMPLATE_NAMES),
    music: {
      enabled: input.musicEnabled ?? true,
      mood: requireChoice('mood', input.mood ?? CREATE_DEFAULTS.mood, MOODS),
      volume: requireNumber('volume', input.volume ?? CREATE_DEFAULTS.volume, LIMITS.musicVolume, 'percent'),
    },
    voice: orNull(cleanLine('voice', input.voice ?? '', 100)),
    voiceSpeed: requireNumber(
      'voiceSpeed',
      input.voiceSpeed ?? CREATE_DEFAULTS.voiceSpeed,
      LIMITS.voiceSpeed,
    ),
    accountId: input.accountId ?? null,
    ...(input.endCard !== undefined && { endCard: input.endCard }),
    collect: input.collect ?? true,
  }
}

function languageOf(
  topic: string | null,
  script: string | null,
  { language, fallbackLanguage }: CreateInput,
): Pick<DraftRequest, 'language' | 'isLanguageOpen'> {
  const guess = script === null ? null : guessLanguage(searchable(script))
  const detected = guess ? guess.language : detectLanguage(searchable(topic ?? ''))
  // A topic may be in a different alphabet than its script. But whatever language is given for a script, it has to be spoken and shown.
  if (language !== undefined && (script === null || detected !== 'other'))
    return { language: requireChoice('language', language, LANGUAGES) }
  if (detected === 'other') {
    const field = script === null ? 'topic' : 'script'
    throw new UserError('language_not_spoken', { field, allowed: LANGUAGES.join(', ') })
  }
  const taken = detected ?? OUTLINE_LANGUAGES.find((known) => known === fallbackLanguage) ?? 'en'
  return { language: taken, ...(guess?.isSure === false && { isLanguageOpen: true }) }
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
