import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

export const STATUSES = ['editing', 'assets_ready', 'converting', 'finalized'] as const
export type Status = (typeof STATUSES)[number]

export const FORMAT_NAMES = ['shorts', 'landscape', 'square'] as const
export type Format = (typeof FORMAT_NAMES)[number]

/** The moods that music can have; every one has an embedded bed. */
export const MOODS = ['calm', 'energetic', 'happy', 'dramatic', 'mysterious', 'uplifting'] as const
export type Mood = (typeof MOODS)[number]

/** What has to be declared of a video on a platform, as people choose it; nothing is chosen beforehand. */
export const DECLARATIONS = ['plain', 'kids', 'synthetic', 'kids_synthetic'] as const
export type Declaration = (typeof DECLARATIONS)[number]

/** One entry of what a draft has consumed at a paid service. */
export interface UsageRecord {
  provider: string
  model: string
  inputTokens?: number
  outputTokens?: number
  characters?: number
  seconds?: number
}

/** What of a workspace's brand a film shows at its end. */
export interface Brand {
  /** In the store; null for none. */
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
    /** The script as it was first written: a backup, never read by the program. */
    contentPlanJson: p.json<unknown>(),
    status: p.string().length(20).$type<Status>(),
    style: p.string().length(200).strictNullable(),
    language: p.string().length(10),
    template: p.string().length(40),
    musicEnabled: p.boolean(),
    musicMood: p.string().length(20).$type<Mood>(),
    /** Percent of full scale. */
    musicVolume: p.integer(),
    /** As it was when the draft was last open; null for none. */
    brand: p.json<Brand>().strictNullable(),
    /** Whether the film ends with it. */
    endCard: p.boolean(),
    /** How each finished video is uploaded, as somebody has declared; null for not at all. */
    uploadAfter: p.string().length(20).$type<Declaration>().strictNullable(),
    /** A voice of the voice provider's, or null for its default. */
    voice: p.string().length(100).strictNullable(),
    /** Times the normal speaking rate. */
    voiceSpeed: p.float(),
    isOutline: p.boolean(),
    /** Topics that the script provider proposed besides the one it used. */
    otherTopics: p.json<string[]>(),
    /** What people should know of how the script came about, as `storedReasons` writes it; or null. */
    notice: p.text().strictNullable(),
    usage: p.json<UsageRecord[]>(),
    surface: p.string().length(20),
    /** The Discord guild or Slack team; nothing of a draft can be seen from another. */
    workspace: p.string().length(100),
    channelId: p.string().length(100),
    threadId: p.string().length(100).strictNullable(),
    authorId: p.string().length(100),
    authorName: p.string().length(100),
    /** The number of the revision that the draft is at; undo and redo move it. */
    revision: p.integer(),
    /** Counts changes of title, description, tags, template and music, apart from those of segments. */
    settingsVersion: p.integer(),
    settingsEditedByName: p.string().length(100).strictNullable(),
    /** When its thread was told that it will be removed for lack of use. */
    expiryNoticeAt: p.datetime().strictNullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
})

export type Draft = InferEntity<typeof DraftEntity>
