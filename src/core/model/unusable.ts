/** Why a file in a person's folder can't be used. */
export const UNUSABLE = [
  /** A symbolic link, which could lead outside the folder. */
  'link',
  'empty',
  /** Truncated, or its name says that it is still being downloaded. */
  'incomplete',
  /** A drawing, layout or document: Photoshop, Illustrator, PDF, SVG … */
  'design',
  /** A camera's raw file. */
  'raw',
  /** Audio where a picture is needed. */
  'sound',
  /** A picture or video where audio is needed. */
  'silent',
  'too_large',
  'too_small',
  'too_long',
  /** Damaged, or in an unsupported encoding. */
  'undecodable',
  /** An unknown format. */
  'unknown',
] as const
export type Unusable = (typeof UNUSABLE)[number]

/** To complete a sentence about the file. Other languages: src/bot/words. */
export const ENGLISH_UNUSABLE: { [W in Unusable]: string } = {
  link: 'it is a link; put the file itself into the folder',
  empty: 'it is empty',
  incomplete: 'its end is missing; copy it again',
  design: 'it is a design file or a document; export it as PNG or JPEG',
  raw: 'it is a raw file of a camera; export it as JPEG or MP4',
  sound: 'it has sound, but no picture',
  silent: 'it has no sound that can be played',
  too_large: 'it has too many pixels; make it smaller',
  too_small: 'it is too small; at least 64×64 pixels are needed',
  too_long: 'it is longer than an hour; cut it into parts',
  undecodable: 'it is damaged, or in a format that cannot be read here',
  unknown: 'it is neither a picture nor a video',
}

/** A file, by its name within the folder, and what is wrong with it. */
export interface UnusableFile {
  name: string
  why: Unusable
}

/** Maximum characters of a name to show. */
const LONGEST_NAME = 120

/** A name may contain line breaks and control characters, and be as long as the file system allows. */
export function unusableFile(name: string, why: Unusable): UnusableFile {
  const line = name.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
  return { why, name: line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME - 1)}…` : line }
}

/** Thrown when an inspected file turns out to be unusable. */
export class UnusableError extends Error {
  readonly why: Unusable

  constructor(why: Unusable, options?: ErrorOptions) {
    super(`It cannot be used (${why}).`, options)
    this.name = 'UnusableError'
    this.why = why
  }
}
