import { FORMATS, type Format } from '../../../model/formats.ts'

/** Times the video's size, so that a slow zoom stays sharp. */
const OVERSIZE = 1.5

/** Pixels of a drawn picture. */
export function pictureSize(format: Format): { width: number; height: number } {
  const { width, height } = FORMATS[format]
  return { width: Math.round(width * OVERSIZE), height: Math.round(height * OVERSIZE) }
}
