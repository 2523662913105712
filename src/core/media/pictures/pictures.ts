import { rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { UserError } from '../../model/errors.ts'
import { UNUSABLE, type Unusable, UnusableError } from '../../model/unusable.ts'
import { captureOutput, ProcessError } from '../ffmpeg/capture-output.ts'
import { PATIENCE, type Patience } from '../ffmpeg/watchdog.ts'
import { headUnusable, isPicture, readHead } from './file-kind.ts'

const PROCESS = fileURLToPath(new URL('./picture-process.ts', import.meta.url))

const answerSchema = z.discriminatedUnion('as', [
  /** Not recognized here; ffmpeg may recognize it. */
  z.object({ as: z.literal('unknown') }),
  /** It can be used unchanged. */
  z.object({ as: z.literal('it is') }),
  z.object({
    as: z.literal('still'),
    /** Pixels, upright. */
    width: z.number(),
    height: z.number(),
    /** The length of an animation; null for a still. */
    seconds: z.number().nullable(),
  }),
  z.object({ as: z.literal('unusable'), why: z.enum(UNUSABLE) }),
])
export type PictureAnswer = z.infer<typeof answerSchema>

export interface PictureSize {
  width: number
  height: number
  seconds: number | null
}

interface Options {
  signal?: AbortSignal | undefined
  patience?: Patience | undefined
}

/**
 * Reads a picture's displayed size from its headers; null if it isn't a picture, or only ffmpeg recognizes it.
 * @throws UnusableError if it is too large or damaged; UserError `cancelled`.
 */
export async function pictureSize(file: string, options: Options = {}): Promise<PictureSize | null> {
  if (!isPicture(await readHead(file))) return null
  const answer = await ask(['look', file], options)
  return answer.as === 'still' ? answer : null
}

/**
 * Normalizes someone else's picture so that every ffmpeg shows it alike: upright, in 8-bit sRGB, not transparent, at most 24
 * megapixels; an animation is converted to one that ffmpeg can play. Files that already fit or aren't pictures stay unchanged.
 * @returns whether `into` was written.
 * @throws UnusableError if it is too large or doesn't decode; UserError `cancelled`.
 */
export async function ordinaryPicture(file: string, into: string, options: Options = {}): Promise<boolean> {
  if (!isPicture(await readHead(file))) return false
  return (await ask(['convert', file, into], options)).as === 'still'
}

/** Like `ordinaryPicture`, in place. */
export async function makeOrdinary(file: string, options: Options = {}): Promise<void> {
  const made = `${file}.made`
  try {
    if (await ordinaryPicture(file, made, options)) await rename(made, file)
  } finally {
    await rm(made, { force: true })
  }
}

/**
 * Turns someone else's picture (or an animation's first frame) into a logo: a PNG, upright, in 8-bit sRGB, with its transparency,
 * that stands out from a dark background.
 * @throws UnusableError if it isn't a picture, is too large or too small, or doesn't decode; UserError `cancelled`.
 */
export async function makeLogo(file: string, into: string, options: Options = {}): Promise<void> {
  const head = await readHead(file)
  const why = headUnusable(head) ?? (isPicture(head) ? null : 'unknown')
  if (why !== null) throw new UnusableError(why)
  const size = await ask(['look', file], options)
  if (size.as === 'still' && Math.min(size.width, size.height) < SMALLEST)
    throw new UnusableError('too_small')
  if ((await ask(['logo', file, into], options)).as !== 'still') throw new UnusableError('unknown')
}

/** The minimum pixels of a logo's shorter side. */
const SMALLEST = 64

async function ask(args: string[], { signal, patience = PATIENCE }: Options): Promise<PictureAnswer> {
  let said: string
  try {
    said = await captureOutput(process.execPath, [PROCESS, ...args], { signal, patience })
  } catch (error) {
    if (signal?.aborted) throw new UserError('cancelled', undefined, { cause: error })
    throw error instanceof ProcessError ? new UnusableError(whyEnded(error), { cause: error }) : error
  }
  const answer = answerSchema.parse(JSON.parse(said.trim().split('\n').at(-1) ?? ''))
  if (answer.as === 'unusable') throw new UnusableError(answer.why)
  return answer
}

/** The watchdog kills processes that use too much memory or time; otherwise the file crashed the decoder. */
function whyEnded({ code }: ProcessError): Unusable {
  return code === null ? 'too_large' : 'undecodable'
}
