import { readHead, stillDemuxer } from '../pictures/file-kind.ts'

/** Maximum pixels per side of a picture or video; beyond that, ffmpeg would need more memory than a renderer has. */
export const MOST_SIDE = 8192

/**
 * The demuxers for external files. None of them opens a second file, as those for playlists, concat lists and numbered
 * pictures do; formats not in this list aren't opened, whatever their name. `mov` includes mp4, m4a and 3gp, and follows
 * references to other files only with `-enable_drefs`.
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
 * The options with which ffmpeg and ffprobe open an external file. A still gets its demuxer by its first bytes: chosen by
 * its name it would be the one for numbered pictures, and `50%discount.jpg` a pattern for other names. An unreadable file
 * gets the options for video, and ffmpeg reports the reason.
 */
export async function foreignOptions(file: string): Promise<string[]> {
  const still = stillDemuxer(await readHead(file))
  return [
    ...['-protocol_whitelist', 'file', '-max_pixels', String(MOST_SIDE ** 2)],
    ...(still === null ? ['-format_whitelist', CONTAINERS] : ['-f', still]),
  ]
}
