import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '../../model/errors.ts'
import type { Format } from '../../model/formats.ts'
import type { Store } from '../../model/store.ts'
import { captionFont, FONT_FOLDER } from '../captions/fonts.ts'
import { captureOutput, ProcessError } from '../ffmpeg/capture-output.ts'
import type { Patience } from '../ffmpeg/watchdog.ts'
import { isPicture, readHead } from './file-kind.ts'

const PROCESS = fileURLToPath(new URL('./contact-sheet-process.ts', import.meta.url))
/** Part of a sheet's cache key; increment it when the look changes. */
export const SHEET_VERSION = 1

/** A tile's size in pixels. A sheet of six is 960 wide, so its numbers are 20 pixels high on a phone that is 390 wide. */
const TILES: Record<Format, { width: number; height: number; columns: number }> = {
  shorts: { width: 312, height: 416, columns: 3 },
  square: { width: 312, height: 312, columns: 3 },
  landscape: { width: 474, height: 267, columns: 2 },
}

export interface SheetTile {
  /** The name in the store of a small picture of any size, possibly made by someone else, or null. */
  picture: string | null
  /** Written on the tile if there is no picture. */
  title: string
}

/** A tile that shows its title because its picture couldn't be used. */
export interface PlainTile {
  /** From 1. */
  tile: number
  why: string
}

/** The input of the process. */
export interface SheetTask {
  into: string
  tile: { width: number; height: number }
  columns: number
  font: string
  /** In the order of their numbers, from 1; absolute paths. */
  tiles: { picture: string | null; title: string }[]
}

/**
 * Writes one picture of numbered tiles to `file`, a JPEG. A picture that doesn't decode becomes a plain tile with its title.
 * A separate process decodes the pictures; at worst they crash it.
 * @returns the tiles whose pictures couldn't be used.
 * @throws UserError `cancelled`; ProcessError if not even plain tiles could be written.
 */
export async function writeContactSheet(
  store: Store,
  format: Format,
  tiles: readonly SheetTile[],
  file: string,
  { signal, patience }: { signal: AbortSignal; patience?: Patience | undefined },
): Promise<PlainTile[]> {
  const { columns, ...tile } = TILES[format]
  const names = tiles.flatMap(({ picture }) => picture ?? [])
  return store.withLocalFiles(names, async (files) => {
    const local = new Map(names.map((name, index) => [name, files[index] ?? '']))
    const pictureOf = async (name: string | null) => {
      const found = (name !== null && local.get(name)) || null
      return found !== null && isPicture(await readHead(found)) ? found : null
    }
    const task: SheetTask = {
      into: file,
      tile,
      // Four tiles look better in two rows of two.
      columns: Math.min(columns, tiles.length === 4 ? 2 : tiles.length),
      font: path.join(FONT_FOLDER, 'Pretendard-SemiBold.otf'),
      tiles: await Promise.all(
        tiles.map(async ({ picture, title }) => ({
          picture: await pictureOf(picture),
          title: drawable(title),
        })),
      ),
    }
    const run = async (task: SheetTask): Promise<PlainTile[]> =>
      JSON.parse(
        await captureOutput(process.execPath, [PROCESS, JSON.stringify(task)], {
          signal,
          ...(patience && { patience }),
        }),
      )
    try {
      return await run(task).catch(async (error: unknown) => {
        if (!(error instanceof ProcessError)) throw error
        // One of the pictures crashed it.
        await run({ ...task, tiles: task.tiles.map(({ title }) => ({ picture: null, title })) })
        return task.tiles.flatMap(({ picture }, index) =>
          picture === null ? [] : [{ tile: index + 1, why: error.message }],
        )
      })
    } catch (error) {
      throw signal.aborted ? new UserError('cancelled', undefined, { cause: error }) : error
    }
  })
}

/** Removes characters that the font lacks. */
function drawable(title: string): string {
  const font = captionFont('SemiBold')
  return [...title.normalize('NFC')]
    .filter((character) => /\s/u.test(character) || font.has(character.codePointAt(0) ?? 0))
    .join('')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}
