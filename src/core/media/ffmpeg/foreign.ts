import { readHead, stillDemuxer } from '../pictures/file-kind.ts'

/** Pixels on a side of a picture or video; above ffmpeg would need more memory than a renderer has. */
export const MOST_SIDE = 8192

/**
 * The demuxers for files that others have made. None of them opens a second file, as those for playlists, lists to join and
 * numbered pictures do; what is not in this list is not opened, whatever its name says. `mov` takes in mp4, m4a and 3gp, and
 * follows references to other files only with `-enable_drefs`.
 */
const CONTAINERS = [
  ...[
    'mov',
    'matroska',
    'webm',
    'avi',
    'mpeg',
    'mpegts',
    'mpegvideo',
    'm4v',
    'h264',
    'hevc',
    'mxf',
    'dv',
    'flv',
    'asf',
    'ogg',
  ],
  ...['wav', 'w64', 'mp3', 'flac', 'aac', 'aiff', 'caf', 'au', 'amr', 'ac3', 'eac3', 'wv', 'ape', 'tta'],
].join(',')

/**
 * The options with which ffmpeg and ffprobe open a file that somebody else has made. A still gets its demuxer by its first
 * bytes: chosen by its name it would be one of numbered pictures, and `50%discount.jpg` a pattern for other names.
 * A file that cannot be read gets the options of a film, and ffmpeg says why it cannot.
 */
export async function foreignOptions(file: string): Promise<string[]> {
  const still = stillDemuxer(await readHead(file))
  return [
    ...['-protocol_whitelist', 'file', '-max_pixels', String(MOST_SIDE ** 2)],
    ...(still === null ? ['-format_whitelist', CONTAINERS] : ['-f', still]),
  ]
}
