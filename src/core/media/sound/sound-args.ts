import { SAMPLE_RATE } from '../../model/formats.ts'
import { type FfmpegJob, fileSource, MEASURING, QUIET } from '../ffmpeg/ffmpeg-args.ts'

export interface SoundJob {
  /** Mono WAV at 48 kHz: as long as the film, plus `LIMITER_DELAY` samples of silence. */
  voiceFile: string
  samples: number
  /** In dB. */
  voiceGain: number
  music: MusicJob | null
  /** Gain of the whole mix in dB. */
  mixGain: number
  /** The limiter's ceiling in dBFS. */
  ceiling: number
  output: string
}

export interface MusicJob {
  file: string
  /** Seconds that can be decoded. */
  length: number
  /** The options with which ffmpeg has to open it. */
  inputOptions: string[]
  /** Seconds of silence at its start, which are skipped the first time. */
  lead: number
  /** 0 to 1. */
  volume: number
  /** Seconds after which it must be looped with a fade; null if it loops seamlessly. */
  fadeEvery: number | null
}

/** Incremented whenever the resulting sound changes; part of its cache key. */
export const SOUND_VERSION = 4

/** The limiter's lookahead and release, in seconds. */
export const LIMITER_ATTACK = 0.005
export const LIMITER_RELEASE = 0.08
/**
 * Samples by which the limiter delays its output in all builds. They are cut off at the start, and the same amount of
 * silence at the end of the voice flushes what it holds back.
 */
export const LIMITER_DELAY = LIMITER_ATTACK * SAMPLE_RATE

/**
 * The quality is set instead of the bit rate (resulting in 110–170 kbit/s), because ffmpeg's encoder searches for each
 * frame's rate repeatedly, which takes up to seven times as long. No speech and little music is above 16 kHz; omitting that
 * saves a tenth. So does always encoding mid and side instead of trying both ways for each band: a voice is all mid.
 */
const AUDIO_CODEC = [
  ...['-c:a', 'aac', '-q:a', '3', '-aac_coder', 'fast', '-aac_tns', '0', '-aac_is', '0', '-aac_pns', '0'],
  ...['-cutoff', '16000', '-aac_ms', '1'],
  ...['-ar', String(SAMPLE_RATE), '-ac', '2'],
]

/** Voice → music ducked under it → gain → limiter → a single AAC encode. */
export function soundArgs(job: SoundJob): FfmpegJob {
  const { music } = job
  return {
    global: [...QUIET, '-filter_complex_threads', '1'],
    inputs: [
      { options: ['-f', 'wav'], source: fileSource(job.voiceFile) },
      ...(music ? [musicInput(music, job.samples)] : []),
    ],
    options: [
      ...[
        '-filter_complex',
        soundGraph(job),
        '-map',
        '[out]',
        '-vn',
        '-map_metadata',
        '-1',
        '-map_chapters',
        '-1',
      ],
      ...[...AUDIO_CODEC, '-f', 'mp4'],
    ],
    output: job.output,
    seconds: job.samples / SAMPLE_RATE,
  }
}

/** How often the music is looped: a finite number, and some more than needed, because each time may lose a little. */
export function musicInput(
  { file, length, lead, inputOptions }: MusicJob,
  samples: number,
): FfmpegJob['inputs'][number] {
  const again = Math.ceil((1.1 * (samples / SAMPLE_RATE + lead)) / length)
  return { options: [...inputOptions, '-stream_loop', String(again)], source: fileSource(file) }
}

const MONO = 'aformat=sample_fmts=fltp:channel_layouts=mono'
const STEREO = 'aformat=sample_fmts=fltp:channel_layouts=stereo'
/** Every filter has a cost per audio frame, so frames are made large. */
const LARGE_PIECES = 'asetnsamples=n=8192:p=0'

function soundGraph(job: SoundJob): string {
  const { samples, music } = job
  const voice = `[0:a]${LARGE_PIECES},volume=${decibels(job.voiceGain)},${MONO}`
  const master = [...loudFilters(job.mixGain, job.ceiling), `${STEREO}[out]`].join(',')
  // With pan, because a format conversion would make the mono voice 3 dB quieter on two channels.
  if (!music) return `${voice},pan=stereo|c0=c0|c1=c0,${master}`
  // amix scales its inputs differently in each build; merging and adding channels is the same in all. Merged, the channels are in their usual
  // order: the music's two before the centre, which is the voice.
  return [
    `${voice},asplit[spoken][key]`,
    `[1:a]${musicFilters(music, samples).join(',')}[music]`,
    // Without the formats before it, amerge finds no channel layout (“could not choose their formats”).
    `[spoken]${MONO}[voice]`,
    `[music][key]sidechaincompress=threshold=0.02:ratio=6:attack=15:release=400:makeup=1,${STEREO}[ducked]`,
    `[voice][ducked]amerge=inputs=2,pan=stereo|c0=c0+c2|c1=c1+c2,${master}`,
  ].join(';')
}

/** Applies the gain in dB, and keeps peaks below the ceiling (dBFS). This shortens the sound by `LIMITER_DELAY`. */
export function loudFilters(gain: number, ceiling: number): string[] {
  return [
    `volume=${decibels(gain)}`,
    `alimiter=limit=${linear(ceiling)}:attack=${LIMITER_ATTACK * 1000}:release=${LIMITER_RELEASE * 1000}:level=disabled`,
    `atrim=start_sample=${LIMITER_DELAY}`,
    'asetpts=N/SR/TB',
  ]
}

/** Seconds of the music's fade at the end of the film. */
const FADE_OUT = 1

export function musicFilters({ volume, fadeEvery, lead }: MusicJob, samples: number): string[] {
  const seconds = samples / SAMPLE_RATE
  const fadeOut = Math.min(FADE_OUT, seconds / 3)
  const again = fadeEvery === null ? [] : [repeatFade(fadeEvery)]
  return [
    `aresample=${SAMPLE_RATE}`,
    LARGE_PIECES,
    STEREO,
    'asetpts=N/SR/TB',
    ...again,
    ...(lead > 0 ? [`atrim=start=${lead.toFixed(3)}`, 'asetpts=N/SR/TB'] : []),
    `atrim=end_sample=${samples + LIMITER_DELAY}`,
    `volume=${volume}`,
    // Just long enough to avoid a click.
    'afade=t=in:d=0.02',
    `afade=t=out:st=${(seconds - fadeOut).toFixed(3)}:d=${fadeOut.toFixed(3)}`,
  ]
}

/** Fades a track that doesn't loop seamlessly out before its end and in again afterwards. */
function repeatFade(every: number): string {
  const out = Math.min(1.5, every / 4).toFixed(3)
  const period = every.toFixed(3)
  return `volume=eval=frame:volume='clip(min((${period}-mod(t,${period}))/${out},mod(t,${period})/0.05+lt(t,0.05)),0,1)'`
}

/**
 * Measures a finished file's loudness and true peak. The peak is computed at four times the sample rate, with 12
 * coefficients for each of the four phases, as in ITU-R BS.1770-4 (annex 2); ebur128's own true peak oversamples in double
 * precision, which takes as long as everything else.
 */
export function measureArgs(file: string, seconds: number): FfmpegJob {
  return {
    global: MEASURING,
    inputs: [{ options: [], source: fileSource(file) }],
    options: [
      '-filter_complex',
      [
        `[0:a]${LARGE_PIECES},asplit[whole][fine]`,
        '[whole]ebur128=framelog=verbose,anullsink',
        `[fine]aresample=${4 * SAMPLE_RATE}:filter_size=12:osf=s16,volumedetect[out]`,
      ].join(';'),
      ...['-map', '[out]', '-f', 'null'],
    ],
    output: '-',
    seconds,
  }
}

/** The maximum silence at the start of any recording, in seconds. */
const LONGEST_LEAD = 15
/** The level in dBFS below which a start is inaudible; even quiet music is louder. */
const SILENT = -75

/** Finds the silence at the start of music, which many recordings have, so that the first note comes with the first picture. */
export function leadArgs(file: string, inputOptions: string[]): FfmpegJob {
  return {
    global: MEASURING,
    inputs: [{ options: [...inputOptions, '-t', String(LONGEST_LEAD)], source: fileSource(file) }],
    options: [
      ...['-filter_complex', `[0:a]silencedetect=noise=${SILENT}dB:d=0.05[out]`],
      ...['-map', '[out]', '-f', 'null'],
    ],
    output: '-',
    seconds: LONGEST_LEAD,
  }
}

/** Parses the seconds from ffmpeg's output. */
export function leadIn(log: string): number {
  const [, begins] = /silence_start: (-?[\d.]+)/.exec(log) ?? []
  const [, ends] = /silence_end: ([\d.]+)/.exec(log) ?? []
  return begins !== undefined && Number(begins) < 0.05 && ends !== undefined ? Number(ends) : 0
}

function decibels(gain: number): string {
  return `${gain.toFixed(2)}dB`
}

function linear(level: number): string {
  return (10 ** (level / 20)).toFixed(5)
}
