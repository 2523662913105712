import { SAMPLE_RATE } from '../../model/formats.ts'
import { type FfmpegJob, QUIET } from '../ffmpeg/ffmpeg-args.ts'
import { type MusicJob, musicFilters, musicInput } from '../sound/sound-args.ts'

/** Only a film's music, as long as the film: looped, faded and at the film's volume, but not ducked under the voice. */
export function musicArgs(music: MusicJob, samples: number, output: string): FfmpegJob {
  const filters = [...musicFilters(music, samples), `atrim=end_sample=${samples}`]
  return {
    global: [...QUIET, '-filter_complex_threads', '1'],
    inputs: [musicInput(music, samples)],
    options: [
      ...['-filter_complex', `[0:a]${filters.join(',')}[out]`, '-map', '[out]', '-vn'],
      ...['-map_metadata', '-1', '-map_chapters', '-1'],
      ...['-c:a', 'pcm_s16le', '-ar', String(SAMPLE_RATE), '-ac', '2', '-f', 'wav'],
    ],
    output,
    seconds: samples / SAMPLE_RATE,
  }
}
