import type { StoredName } from './store.ts'

/** Files next to a film with the same name: its subtitles and its poster. */
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

/** A film and all files that may accompany it; films of earlier versions have none. */
export function filmAndBeside(film: string): string[] {
  return [film, ...Object.values(filesBeside(film))]
}

/** Whether a file accompanies a film, so that it is needed as long as the film is, but is optional. */
export function isBesideFilm(file: string): boolean {
  return (
    file.startsWith('videos/') && Object.values(BESIDE).some((extension) => file.endsWith(`.${extension}`))
  )
}

/** The film that a file accompanies; any other file is returned as it is. */
export function filmOf(file: string): string {
  return isBesideFilm(file) ? `videos/${stem(file)}.mp4` : file
}

function stem(file: string): string {
  return file.slice('videos/'.length, file.lastIndexOf('.'))
}
