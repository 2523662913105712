/** Why a file that somebody has put into a folder cannot be used. */
export const UNUSABLE = [
  /** A symbolic link, which may lead out of the folder. */
  'link',
  'empty',
  /** The end is missing, or the name says that it is still being downloaded. */
  'incomplete',
  /** A drawing, layout or document: Photoshop, Illustrator, PDF, SVG … */
  'design',
  /** What a camera has recorded before it is developed. */
  'raw',
  /** Sound where a picture is needed. */
  'sound',
  /** A picture or video where sound is needed. */
  'silent',
  'too_large',
  'too_small',
  'too_long',
  /** Damaged, or encoded in a way that nothing here decodes. */
  'undecodable',
  /** Nothing that is known. */
  'unknown',
] as const
export type Unusable = (typeof UNUSABLE)[number]

/** As the rest of a sentence about the file. Other languages: src/bot/words. */
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

/** A file by its name in its folder, and what is wrong with it. */
export interface UnusableFile {
  name: string
  why: Unusable
}

/** Characters of a name that are shown. */
const LONGEST_NAME = 120

/** A name may have line breaks and control characters in it, and be as long as the disk allows. */
export function unusableFile(name: string, why: Unusable): UnusableFile {
  const line = name.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
  return { why, name: line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME - 1)}…` : line }
}

/** What a file is found to be unusable with, where it is looked into. */
export class UnusableError extends Error {
  readonly why: Unusable

  constructor(why: Unusable, options?: ErrorOptions) {
    super(`It cannot be used (${why}).`, options)
    this.name = 'UnusableError'
    this.why = why
  }
}
