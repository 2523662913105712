import { DECLARATIONS, type Declaration } from '../../db/entities/draft.ts'
import type { Access } from './access.ts'

export const PRIVACIES = ['private', 'unlisted', 'public'] as const
export type Privacy = (typeof PRIVACIES)[number]

export { DECLARATIONS, type Declaration }

/**
 * YouTube's category numbers that can be assigned in every region.
 * https://developers.google.com/youtube/v3/docs/videoCategories/list
 */
export const CATEGORIES = [
  ...(['1', '2', '10', '15', '17', '19', '20', '22'] as const),
  ...(['23', '24', '25', '26', '27', '28', '29'] as const),
] as const
export type Category = (typeof CATEGORIES)[number]
/** “People & Blogs”, YouTube's own default; an update must contain a category. */
export const USUAL_CATEGORY: Category = '22'

/** The declaration that a choice makes. */
export const DECLARED: Record<Declaration, Pick<VideoDetails, 'madeForKids' | 'syntheticMedia'>> = {
  plain: { madeForKids: false, syntheticMedia: false },
  kids: { madeForKids: true, syntheticMedia: false },
  synthetic: { madeForKids: false, syntheticMedia: true },
  kids_synthetic: { madeForKids: true, syntheticMedia: true },
}

/** The end of a description. If the platform has no room, it is shortened, and the person's words stay complete. */
export interface BelowDescription {
  /** At least three, the first at 0; empty if the film has no chapters. `start` in whole seconds. */
  chapters: readonly { start: number; title: string }[]
  /** The heading of the credits, in the video's language. */
  creditsTitle: string
  credits: readonly { name: string; url: string | null }[]
}

/** A video's details, which can be changed later. */
export interface VideoDetails {
  title: string
  /** The person's text, below which the rest is added. */
  description: string
  below: BelowDescription
  tags: readonly string[]
  category: Category
  /** The language of title, description and audio, in BCP 47. */
  language: string
  privacy: Privacy
  /** When it automatically becomes public; null for never. Only for private ones. */
  publishAt: Date | null
  /** The person's declaration; never assumed. */
  madeForKids: boolean
  syntheticMedia: boolean
}

/** A file, read in chunks. */
export interface FilmFile {
  bytes: number
  /** The bytes [start, end). */
  read(start: number, end: number): Promise<Uint8Array>
}

/** An upload's session, stored so that another process can continue it. */
export interface UploadSession {
  /** Null before the first. A secret, because anyone who has it can continue the upload. */
  address: string | null
  /** Resolves once it is saved. */
  keep(address: string | null): Promise<void>
}

export interface UploadedVideo {
  id: string
  address: string
  /** As reported by the platform, which may differ from the request. */
  privacy: Privacy
}

export interface UploadOptions {
  access: Access
  signal: AbortSignal
}

export interface UploadTarget {
  /** @throws UserError for anything the platform would refuse. */
  check(details: VideoDetails, now: Date): void
  /**
   * Uploads a film, or resumes a session. A session creates only one video, however often it is resumed.
   * @throws UserError `upload_refused`, `access_ended`; ProviderError, after which a retry resumes.
   */
  upload(
    film: FilmFile,
    details: VideoDetails,
    session: UploadSession,
    options: UploadOptions & { onProgress?: (fraction: number) => void },
  ): Promise<UploadedVideo>
  /** @param picture a JPEG. @throws like `upload`. */
  setPoster(videoId: string, picture: Uint8Array, options: UploadOptions): Promise<void>
  /** Whether these scopes allow `addCaptions`. */
  canCaption(scopes: readonly string[]): boolean
  /** @param subtitles in SubRip format. Added only once, however often it is called. @throws like `upload`. */
  addCaptions(videoId: string, subtitles: Uint8Array, language: string, options: UploadOptions): Promise<void>
  /** Changes a video's details. @returns the new details. @throws like `upload`. */
  update(videoId: string, details: VideoDetails, options: UploadOptions): Promise<UploadedVideo>
}
