/** One run of ffmpeg, as values. */
export interface FfmpegJob {
  /** Options of the program itself. */
  global: string[]
  inputs: { options: string[]; source: string }[]
  /** Options of the output, filters included. */
  options: string[]
  output: string
  /** How long the output will be, for the progress. */
  seconds: number
}

/** ffmpeg must not read the bot's own standard input, and says only what matters and how far it is. */
export const QUIET = ['-nostdin', '-hide_banner', '-v', 'error', '-stats']
/** As above, with the measurements that filters print. */
export const MEASURING = ['-nostdin', '-hide_banner', '-v', 'info', '-stats']

/**
 * Escapes a value of a filter's option. It is read twice: as the option's value (`:`, `'` and `\` are special)
 * and before that as a part of the graph (`,;[]` too). See “Notes on filtergraph escaping” in ffmpeg-filters(1).
 */
export function filterValue(value: string): string {
  return value.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&')
}

/** A path as ffmpeg takes it for an input: a name like `a:b.mp4` or `-x` must not read as a protocol or option. */
export function fileSource(file: string): string {
  return `file:${file}`
}

/** A path in the list of the concat demuxer: in single quotes, in which only the quote itself is special. */
export function concatLine(file: string): string {
  return `file '${file.replaceAll("'", "'\\''")}'`
}
