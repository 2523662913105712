import { z } from 'zod'

/** Raised when an older Rushes could not read what a newer one writes. */
export const FORMAT = 1
export const MANIFEST = 'manifest.json'
export const DATABASE = 'database.sqlite'
/** Before the place that a file has in DATA_DIR. */
export const FILES = 'files/'

/** Bytes; a hundred thousand files take about 15 MB. */
export const MANIFEST_MAX = 256 * 1024 ** 2

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Bytes = z.number().int().nonnegative()

/** What an archive holds; its first entry. */
export const Manifest = z.object({
  format: z.number().int(),
  createdAt: z.string(),
  /** The migrations that its database has. */
  migrations: z.array(z.string()),
  database: z.object({ bytes: Bytes, sha256: Hash }),
  files: z
    .array(z.object({ path: z.string().refine(isPlain), bytes: Bytes, sha256: Hash }))
    .refine((files) => new Set(files.map(({ path }) => path)).size === files.length),
  /** Files that a draft refers to and that were not there: the program makes them again when they are needed. */
  missing: z.array(z.string().refine(isPlain)),
})
export type Manifest = z.infer<typeof Manifest>

/** True for a path of the store such as `voices/ab/abcdef.wav`; nothing that leaves the folder, or hides in it. */
export function isPlain(path: string): boolean {
  return path.length <= 255 && /^[a-z][a-z0-9-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/.test(path)
}

/** A backup cannot be made or taken back; `message` is one line. */
export class BackupError extends Error {}
