import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { colourVideo } from '../core/media/material.ts'

const COLOURS = ['teal', 'navy', 'olive', 'purple']

/**
 * Makes a MEDIA_DIR with a clip of one colour for each of these searches. What is around a film is seen with it as well as with drawn
 * scenes, each of which takes a second to draw and as long to encode.
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
