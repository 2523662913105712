import type { Draft } from '../../db/entities/draft.ts'
import { TEMPLATE_NAMES } from '../media/captions/templates.ts'
import { StaleEditError } from '../model/errors.ts'
import { LANGUAGES, MOODS } from '../model/formats.ts'
import { LIMITS } from '../model/limits.ts'
import { DECLARATIONS } from '../model/upload-target.ts'
import type { Core } from './core.ts'
import { editDraft } from './edit.ts'
import { STALE_VOICE } from './follow-text.ts'
import { hasOpenLanguage } from './open-language.ts'
import type { EditScope } from './scope.ts'
import { cleanLine, cleanTags, cleanText, requireChoice, requireLine, requireNumber } from './validate.ts'

export interface SettingsChange {
  title?: string | undefined
  description?: string | undefined
  tags?: string[] | undefined
  template?: string | undefined
  musicEnabled?: boolean | undefined
  mood?: string | undefined
  /** In percent. */
  volume?: number | undefined
  endCard?: boolean | undefined
  /** How a finished video is uploaded; null if it isn't. */
  uploadAfter?: string | null | undefined
  voice?: string | undefined
  voiceSpeed?: number | undefined
  language?: string | undefined
}

type Fields = Partial<
  Pick<
    Draft,
    | 'title'
    | 'description'
    | 'tags'
    | 'template'
    | 'musicEnabled'
    | 'musicMood'
    | 'musicVolume'
    | 'endCard'
    | 'uploadAfter'
    | 'voice'
    | 'voiceSpeed'
    | 'language'
  >
>

/**
 * Changes settings of the whole draft. A different voice, speaking rate or language re-records every segment. A language
 * that was chosen or left unchanged is no longer a guess.
 * @returns whether anything changed.
 * @throws StaleEditError if someone else has changed the settings since `seenVersion`; UserError for invalid values.
 */
export async function editSettings(
  core: Core,
  scope: EditScope,
  change: SettingsChange,
  seenVersion?: number,
): Promise<boolean> {
  const wanted = cleanSettings(change)
  return editDraft(core, scope, ({ draft, segments, nextVersion }) => {
    const isSettled = wanted.language !== undefined && hasOpenLanguage(draft)
    const fields = { ...settingsDifferences(draft, wanted), ...(isSettled && { notice: null }) }
    if (Object.keys(fields).length === 0) return null
    if (seenVersion !== undefined && draft.settingsVersion !== seenVersion)
      throw new StaleEditError(draft.settingsEditedByName ?? '')
    Object.assign(draft, fields)
    draft.settingsVersion = nextVersion
    draft.settingsEditedByName = scope.actor.name
    if (fields.voice !== undefined || fields.voiceSpeed !== undefined || fields.language !== undefined)
      for (const segment of segments) Object.assign(segment, STALE_VOICE, { version: nextVersion })
    return { action: { code: 'settings_edited' }, segments }
  })
}

/** @throws UserError for the first invalid value. */
export function cleanSettings(change: SettingsChange): Fields {
  return {
    ...(change.title !== undefined && { title: requireLine('title', change.title, LIMITS.title) }),
    ...(change.description !== undefined && {
      description: cleanText('description', change.description, LIMITS.description),
    }),
    ...(change.tags !== undefined && { tags: cleanTags(change.tags) }),
    ...(change.template !== undefined && {
      template: requireChoice('template', change.template, TEMPLATE_NAMES),
    }),
    ...(change.musicEnabled !== undefined && { musicEnabled: change.musicEnabled }),
    ...(change.mood !== undefined && { musicMood: requireChoice('mood', change.mood, MOODS) }),
    ...(change.volume !== undefined && {
      musicVolume: Math.round(requireNumber('volume', change.volume, LIMITS.musicVolume, 'percent')),
    }),
    ...(change.endCard !== undefined && { endCard: change.endCard }),
    ...(change.uploadAfter !== undefined && {
      uploadAfter:
        change.uploadAfter === null ? null : requireChoice('uploadAfter', change.uploadAfter, DECLARATIONS),
    }),
    ...(change.voice !== undefined && { voice: cleanLine('voice', change.voice, 100) || null }),
    ...(change.voiceSpeed !== undefined && {
      voiceSpeed: requireNumber('voiceSpeed', change.voiceSpeed, LIMITS.voiceSpeed),
    }),
    ...(change.language !== undefined && {
      language: requireChoice('language', change.language, LANGUAGES),
    }),
  }
}

/** The values that would actually change. */
export function settingsDifferences(draft: Draft, wanted: Fields): Fields {
  const different = Object.entries(wanted).filter(
    ([name, value]) => JSON.stringify(draft[name as keyof Fields]) !== JSON.stringify(value),
  )
  return Object.fromEntries(different)
}
