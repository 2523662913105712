const MEGABYTE = 1024 * 1024

/** Bytes as people read them, without the unit. */
export function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1)
}
