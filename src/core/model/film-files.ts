import type { StoredName } from './store.ts'

/** What lies beside a film under the same name: its words with their times, and its poster. */
const BESIDE = { subtitles: 'srt', webSubtitles: 'vtt', poster: 'jpg' } as const

export type FilesBeside = Record<keyof typeof BESIDE, StoredName>

/** @param film `videos/….mp4` */
export function filesBeside(film: string): FilesBeside {
  const name = (extension: string): StoredName => `videos/${stem(film)}.${extension}`
  return {
    subtitles: name(BESIDE.subtitles),
    webSubtitles: name(BESIDE.webSubtitles),
    poster: name(BESIDE.poster),
  }
}

/** A film with all that may lie beside it; films of earlier versions have nothing there. */
export function filmAndBeside(film: string): string[] {
  return [film, ...Object.values(filesBeside(film))]
}

/** Whether a file lies beside a film, so that it is needed as long as the film is, and a film can be without it. */
export function isBesideFilm(file: string): boolean {
  return (
    file.startsWith('videos/') && Object.values(BESIDE).some((extension) => file.endsWith(`.${extension}`))
  )
}

/** The film that a file lies beside; any other file is its own. */
export function filmOf(file: string): string {
  return isBesideFilm(file) ? `videos/${stem(file)}.mp4` : file
}

function stem(file: string): string {
  return file.slice('videos/'.length, file.lastIndexOf('.'))
}
