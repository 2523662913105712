import { FORMATS, type Format } from '../../../model/formats.ts'

/** Relative to the video's size, so that a slow zoom stays sharp. */
const OVERSIZE = 1.5

/** The size of a drawn picture, in pixels. */
export function pictureSize(format: Format): { width: number; height: number } {
  const { width, height } = FORMATS[format]
  return { width: Math.round(width * OVERSIZE), height: Math.round(height * OVERSIZE) }
}
