/** A run of ffmpeg, as data. */
export interface FfmpegJob {
  /** Global options. */
  global: string[]
  inputs: { options: string[]; source: string }[]
  /** Options of the output, including filters. */
  options: string[]
  output: string
  /** The length of the output, for the progress and for the limits of the run's duration and the output's size. */
  seconds: number
  /** Maximum processing seconds per second of output; `SLOWEST` by default. */
  pace?: number
}

/** ffmpeg must not read the bot's standard input, and only prints errors and its progress. */
export const QUIET = ['-nostdin', '-hide_banner', '-v', 'error', '-stats']
/** As above, plus measurements printed by filters. */
export const MEASURING = ['-nostdin', '-hide_banner', '-v', 'info', '-stats']

/**
 * Escapes a filter option's value. It is parsed twice: first as part of the graph (`,;[]` are special, too) and then as the
 * option's value (`:`, `'` and `\` are special). See “Notes on filtergraph escaping” in ffmpeg-filters(1).
 */
export function filterValue(value: string): string {
  return value.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&')
}

/** The limit for the slowest work (encoding a clip with one thread next to others, at low priority); usually it takes about 1. */
export const SLOWEST = 30

/** Any output has at most 16 Mbit of video and 1 Mbit of audio per second, plus some for the container. */
const MOST_BYTES = { start: 64 * 1024 ** 2, aSecond: 2_500_000 }

/** Pure: the arguments before a job's inputs and after its own options that limit its use of resources. */
export function limitsOf({ seconds, output }: FfmpegJob): {
  global: string[]
  input: string[]
  output: string[]
} {
  const bytes = Math.ceil(MOST_BYTES.start + MOST_BYTES.aSecond * seconds)
  return {
    global: ['-max_alloc', String(1024 ** 3)],
    // All our inputs are files on disk.
    input: ['-protocol_whitelist', 'file,pipe'],
    output: output === '-' ? [] : ['-fs', String(bytes)],
  }
}

/** A path as an ffmpeg input: names like `a:b.mp4` or `-x` must not be parsed as a protocol or an option. */
export function fileSource(file: string): string {
  return `file:${file}`
}

/**
 * Pure: a line of ffmpeg's output with paths reduced to file names. People read it and rows store it, and neither should
 * reveal locations on this machine. Folders may contain spaces, so everything up to the last slash is removed.
 */
export function withoutFolders(line: string): string {
  return line.replace(/(?<![^\s'"(:=])(?:file:)?\/.*\//, '')
}

/** A path in the concat demuxer's list: in single quotes, in which only the quote itself is special. */
export function concatLine(file: string): string {
  return `file '${file.replaceAll("'", "'\\''")}'`
}
