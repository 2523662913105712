import { DECLARATIONS, type Declaration } from '../../db/entities/draft.ts'
import type { Access } from './access.ts'

export const PRIVACIES = ['private', 'unlisted', 'public'] as const
export type Privacy = (typeof PRIVACIES)[number]

export { DECLARATIONS, type Declaration }

/**
 * YouTube's numbers of what a video can be about: those that can be assigned everywhere.
 * https://developers.google.com/youtube/v3/docs/videoCategories/list
 */
export const CATEGORIES = [
  ...(['1', '2', '10', '15', '17', '19', '20', '22'] as const),
  ...(['23', '24', '25', '26', '27', '28', '29'] as const),
] as const
export type Category = (typeof CATEGORIES)[number]
/** “People & Blogs”, which YouTube itself takes where nothing is said; an update cannot be without one. */
export const USUAL_CATEGORY: Category = '22'

/** What a choice declares. */
export const DECLARED: Record<Declaration, Pick<VideoDetails, 'madeForKids' | 'syntheticMedia'>> = {
  plain: { madeForKids: false, syntheticMedia: false },
  kids: { madeForKids: true, syntheticMedia: false },
  synthetic: { madeForKids: false, syntheticMedia: true },
  kids_synthetic: { madeForKids: true, syntheticMedia: true },
}

/** What a description ends with. Where the platform has no room, it is shortened, and the words of the person stay whole. */
export interface BelowDescription {
  /** At least three, the first at 0; none where the film has no chapters. `start` in whole seconds. */
  chapters: readonly { start: number; title: string }[]
  /** What stands over the credits, in the language of the video. */
  creditsTitle: string
  credits: readonly { name: string; url: string | null }[]
}

/** What is said of a video, and can be said differently later. */
export interface VideoDetails {
  title: string
  /** What a person wrote; what stands below it is put under it. */
  description: string
  below: BelowDescription
  tags: readonly string[]
  category: Category
  /** BCP 47, of title, description and sound. */
  language: string
  privacy: Privacy
  /** When it becomes public by itself; null for never. Only of a private one. */
  publishAt: Date | null
  /** What the person has declared; never assumed. */
  madeForKids: boolean
  syntheticMedia: boolean
}

/** A file, read piece by piece. */
export interface FilmFile {
  bytes: number
  /** The bytes [start, end). */
  read(start: number, end: number): Promise<Uint8Array>
}

/** Where an upload is, kept so that another process can continue it. */
export interface UploadSession {
  /** Null before the first. A secret: whoever has it can continue the upload. */
  address: string | null
  /** Resolves when it is written down. */
  keep(address: string | null): Promise<void>
}

export interface UploadedVideo {
  id: string
  address: string
  /** As the platform has it, which may differ from what was asked for. */
  privacy: Privacy
}

export interface UploadOptions {
  access: Access
  signal: AbortSignal
}

export interface UploadTarget {
  /** @throws UserError for what the platform would refuse. */
  check(details: VideoDetails, now: Date): void
  /**
   * Uploads a film, or continues where the session is. The same session makes one video, however often it is continued.
   * @throws UserError `upload_refused`, `access_ended`; ProviderError, after which another try continues.
   */
  upload(
    film: FilmFile,
    details: VideoDetails,
    session: UploadSession,
    options: UploadOptions & { onProgress?: (fraction: number) => void },
  ): Promise<UploadedVideo>
  /** @param picture JPEG. @throws as `upload` does. */
  setPoster(videoId: string, picture: Uint8Array, options: UploadOptions): Promise<void>
  /** Whether these scopes allow `addCaptions`. */
  canCaption(scopes: readonly string[]): boolean
  /** @param subtitles SubRip. Added once, however often it is asked for. @throws as `upload` does. */
  addCaptions(videoId: string, subtitles: Uint8Array, language: string, options: UploadOptions): Promise<void>
  /** Changes what is said of a video. @returns it as it is now. @throws as `upload` does. */
  update(videoId: string, details: VideoDetails, options: UploadOptions): Promise<UploadedVideo>
}
