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

/** A file by its name in its folder, and what is wrong with it. */
export interface UnusableFile {
  name: string
  why: Unusable
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
