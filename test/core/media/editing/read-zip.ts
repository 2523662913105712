import { buffer } from 'node:stream/consumers'
import { openPromise } from 'yauzl'

/** All files of an archive, by name. Rejects names that point outside it. */
export async function readZip(file: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  const archive = await openPromise(file)
  for await (const entry of archive.eachEntry())
    found.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)))
  return found
}
