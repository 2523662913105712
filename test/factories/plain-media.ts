import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { colourVideo } from '../core/media/material.ts'

const COLOURS = ['teal', 'navy', 'olive', 'purple']

/**
 * Makes a MEDIA_DIR with a single-colour clip for each of these searches. Tests of the code around a film work with these as well
 * as with drawn scenes, each of which takes a second to draw and another to encode.
 * @returns the folder.
 */
export async function plainMedia(folder: string, searches: string[]): Promise<string> {
  await mkdir(folder, { recursive: true })
  await Promise.all(
    searches.map((words, index) =>
      colourVideo(path.join(folder, `${words}.mp4`), COLOURS[index % COLOURS.length] ?? '', 3, '1080x1080'),
    ),
  )
  return folder
}
