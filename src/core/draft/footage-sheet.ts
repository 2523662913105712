import { SHEET_VERSION, type SheetTile, writeContactSheet } from '../media/pictures/contact-sheet.ts'
import { hashOf } from '../media/store/hash.ts'
import type { Format } from '../model/formats.ts'
import { storedName } from '../model/store.ts'
import type { Core } from './core.ts'
import { usingFiles } from './draft-files.ts'

/** Milliseconds after which the candidates are shown without a picture. */
const PATIENCE = 20_000

/**
 * A picture of numbered tiles with the candidates, by its name in the store; made once for the same tiles. Null if there is
 * nothing to show, or if it could not be made, which is logged.
 */
export async function footageSheet(
  core: Core,
  draftId: string,
  format: Format,
  tiles: readonly SheetTile[],
): Promise<string | null> {
  if (tiles.length === 0) return null
  // A title is only visible on tiles without a picture.
  const seen = tiles.map(({ picture, title }) => picture ?? { title })
  const name = storedName('previews', hashOf({ sheet: SHEET_VERSION, format, seen }), 'jpg')
  const options = { signal: AbortSignal.timeout(PATIENCE), patience: core.ffmpeg.patience }
  try {
    return await usingFiles(core, draftId, () => {
      for (const { picture } of tiles) if (picture !== null) core.store.hold(picture)
      return core.store.put(name, async (file) => {
        const plain = await writeContactSheet(core.store, format, tiles, file, options)
        if (plain.length > 0)
          core.log.warn({ draft: draftId, plain }, 'pictures of a contact sheet could not be used')
      })
    })
  } catch (err) {
    core.log.warn({ draft: draftId, err }, 'a contact sheet of footage could not be made')
    return null
  }
}
