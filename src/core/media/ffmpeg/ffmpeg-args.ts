/** One run of ffmpeg, as values. */
export interface FfmpegJob {
  /** Options of the program itself. */
  global: string[]
  inputs: { options: string[]; source: string }[]
  /** Options of the output, filters included. */
  options: string[]
  output: string
  /** How long the output will be, for the progress, and for how long the run and how large the output may be. */
  seconds: number
  /** Seconds of work that a second of the output may take; `SLOWEST` by default. */
  pace?: number
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

/** What the slowest work (encoding one clip with one thread beside others, at a low priority) may take; usually it is about 1. */
export const SLOWEST = 30

/** The most that a second of any output has is 16 Mbit of picture and 1 Mbit of sound; and something for the container. */
const MOST_BYTES = { start: 64 * 1024 ** 2, aSecond: 2_500_000 }

/** Pure: all arguments of a job before its inputs and after its own options that keep it from taking more than its due. */
export function limitsOf({ seconds, output }: FfmpegJob): {
  global: string[]
  input: string[]
  output: string[]
} {
  const bytes = Math.ceil(MOST_BYTES.start + MOST_BYTES.aSecond * seconds)
  return {
    global: ['-max_alloc', String(1024 ** 3)],
    // No input of ours is anywhere but on the disk.
    input: ['-protocol_whitelist', 'file,pipe'],
    output: output === '-' ? [] : ['-fs', String(bytes)],
  }
}

/** A path as ffmpeg takes it for an input: a name like `a:b.mp4` or `-x` must not read as a protocol or option. */
export function fileSource(file: string): string {
  return `file:${file}`
}

/**
 * Pure: a line that ffmpeg has said, with the bare names of the files that it names. People read it and rows keep it, and neither
 * should know where on this machine things lie; folders may have spaces in them, so it is cut up to the last slash.
 */
export function withoutFolders(line: string): string {
  return line.replace(/(?<![^\s'"(:=])(?:file:)?\/.*\//, '')
}

/** A path in the list of the concat demuxer: in single quotes, in which only the quote itself is special. */
export function concatLine(file: string): string {
  return `file '${file.replaceAll("'", "'\\''")}'`
}
