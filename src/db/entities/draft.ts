import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

export const STATUSES = ['editing', 'assets_ready', 'converting', 'finalized'] as const
export type Status = (typeof STATUSES)[number]

export const FORMAT_NAMES = ['shorts', 'landscape', 'square'] as const
export type Format = (typeof FORMAT_NAMES)[number]

/** The moods that music can have; each has an embedded bed. */
export const MOODS = ['calm', 'energetic', 'happy', 'dramatic', 'mysterious', 'uplifting'] as const
export type Mood = (typeof MOODS)[number]

/** What people must declare about a video on a platform; nothing is preselected. */
export const DECLARATIONS = ['plain', 'kids', 'synthetic', 'kids_synthetic'] as const
export type Declaration = (typeof DECLARATIONS)[number]

/** One entry of a draft's consumption at a paid service. */
export interface UsageRecord {
  provider: string
  model: string
  inputTokens?: number
  outputTokens?: number
  characters?: number
  seconds?: number
}

/** The part of a workspace's brand that a film shows at its end. */
export interface Brand {
  /** Path in the store; null for none. */
  logo: string | null
  /** Empty for none. */
  callToAction: string
}

export const DraftEntity = defineEntity({
  name: 'Draft',
  tableName: 'drafts',
  properties: {
    id: p.integer().primary(),
    draftId: p.string().length(50).unique(),
    accountId: p.integer().strictNullable(),
    topic: p.string().length(200),
    title: p.string().length(100),
    description: p.text(),
    tags: p.json<string[]>(),
    format: p.string().length(20).$type<Format>(),
    /** Whole seconds. */
    targetDuration: p.integer(),
    /** The script as first written: a backup that the program never reads. */
    contentPlanJson: p.json<unknown>(),
    status: p.string().length(20).$type<Status>(),
    style: p.string().length(200).strictNullable(),
    language: p.string().length(10),
    template: p.string().length(40),
    musicEnabled: p.boolean(),
    musicMood: p.string().length(20).$type<Mood>(),
    /** Percent of full scale. */
    musicVolume: p.integer(),
    /** As it was when the draft was last open for editing; null for none. */
    brand: p.json<Brand>().strictNullable(),
    /** Whether the film ends with the brand's card. */
    endCard: p.boolean(),
    /** How each finished video is uploaded, as declared by a person; null if it isn't. */
    uploadAfter: p.string().length(20).$type<Declaration>().strictNullable(),
    /** One of the voice provider's voices; null for its default. */
    voice: p.string().length(100).strictNullable(),
    /** As a multiple of the normal speaking rate. */
    voiceSpeed: p.float(),
    isOutline: p.boolean(),
    /** Topics that the script provider suggested besides the one it used. */
    otherTopics: p.json<string[]>(),
    /** What people should know about how the script was made, as written by `storedReasons`; or null. */
    notice: p.text().strictNullable(),
    usage: p.json<UsageRecord[]>(),
    surface: p.string().length(20),
    /** The Discord guild or Slack team; a draft can't be seen from any other. */
    workspace: p.string().length(100),
    channelId: p.string().length(100),
    threadId: p.string().length(100).strictNullable(),
    authorId: p.string().length(100),
    authorName: p.string().length(100),
    /** The number of the draft's current revision; undo and redo move it. */
    revision: p.integer(),
    /** Counts changes to the title, description, tags, template and music, but not to segments. */
    settingsVersion: p.integer(),
    settingsEditedByName: p.string().length(100).strictNullable(),
    /** When its thread announced that it will be removed because nobody uses it. */
    expiryNoticeAt: p.datetime().strictNullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
})

export type Draft = InferEntity<typeof DraftEntity>
