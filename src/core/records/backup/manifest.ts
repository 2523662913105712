import { z } from 'zod'

/** Incremented when older versions of Rushes can't read what a newer one writes. */
export const FORMAT = 1
export const MANIFEST = 'manifest.json'
export const DATABASE = 'database.sqlite'
/** The prefix of a file's path in DATA_DIR. */
export const FILES = 'files/'

/** In bytes; a hundred thousand files take about 15 MB. */
export const MANIFEST_MAX = 256 * 1024 ** 2

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Bytes = z.number().int().nonnegative()

/** An archive's table of contents, which is its first entry. */
export const Manifest = z.object({
  format: z.number().int(),
  createdAt: z.string(),
  /** The migrations applied to its database. */
  migrations: z.array(z.string()),
  database: z.object({ bytes: Bytes, sha256: Hash }),
  files: z
    .array(z.object({ path: z.string().refine(isPlain), bytes: Bytes, sha256: Hash }))
    .refine((files) => new Set(files.map(({ path }) => path)).size === files.length),
  /** Files that drafts refer to but that didn't exist: the program recreates them when they are needed. */
  missing: z.array(z.string().refine(isPlain)),
})
export type Manifest = z.infer<typeof Manifest>

/** True for a store path such as `voices/ab/abcdef.wav`; false for anything outside the folder or hidden in it. */
export function isPlain(path: string): boolean {
  return path.length <= 255 && /^[a-z][a-z0-9-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/.test(path)
}

/** A backup can't be made or restored; `message` is one line. */
export class BackupError extends Error {}
