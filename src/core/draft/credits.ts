import type { Segment } from '../../db/entities/segment.ts'
import type { Payload } from './payloads.ts'

export interface CreditRow {
  /** Its author or title. */
  name: string
  provider: string
  url: string | null
}

/** The music's credit. */
export type CreditedMusic = Pick<NonNullable<Payload<'finalize'>['music']>, 'provider' | 'title' | 'author'>

type Shown = Pick<Segment, 'videoAuthor' | 'videoPageUrl' | 'videoProvider'>

/** Everyone whose work is in a video, once each. Our own drawings and music beds need no credit. */
export function creditsOf(music: CreditedMusic | null, segments: readonly Shown[]): CreditRow[] {
  const credits: CreditRow[] = segments
    .filter(({ videoAuthor, videoPageUrl }) => videoAuthor !== null || videoPageUrl !== null)
    .map(({ videoAuthor, videoProvider, videoPageUrl }) => ({
      name: videoAuthor ?? '',
      provider: videoProvider ?? '',
      url: videoPageUrl,
    }))
  if (music?.title || music?.author) {
    const name = [music.title, music.author].filter(Boolean).join(' – ')
    credits.push({ name, provider: music.provider, url: null })
  }
  return [...new Map(credits.map((credit) => [JSON.stringify(credit), credit])).values()]
}
