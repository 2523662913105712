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
  /** Not known here; ffmpeg may know it. */
  z.object({ as: z.literal('unknown') }),
  /** Nothing has to be done to it. */
  z.object({ as: z.literal('it is') }),
  z.object({
    as: z.literal('still'),
    /** Pixels, upright. */
    width: z.number(),
    height: z.number(),
    /** Of an animation; null for a still. */
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
 * The size of a picture as it will be shown, by its headers; null for what is no picture or only ffmpeg knows.
 * @throws UnusableError when it is too large or damaged; UserError `cancelled`.
 */
export async function pictureSize(file: string, options: Options = {}): Promise<PictureSize | null> {
  if (!isPicture(await readHead(file))) return null
  const answer = await ask(['look', file], options)
  return answer.as === 'still' ? answer : null
}

/**
 * Makes a picture that somebody else has made into one that every ffmpeg shows alike: upright, in sRGB with 8 bits, not
 * transparent, at most 24 megapixels; an animation into one that ffmpeg can play. What is so already, and what is no
 * picture, stays as it is.
 * @returns whether `into` was written.
 * @throws UnusableError when it is too large or does not decode; UserError `cancelled`.
 */
export async function ordinaryPicture(file: string, into: string, options: Options = {}): Promise<boolean> {
  if (!isPicture(await readHead(file))) return false
  return (await ask(['convert', file, into], options)).as === 'still'
}

/** As `ordinaryPicture`, in place. */
export async function makeOrdinary(file: string, options: Options = {}): Promise<void> {
  const made = `${file}.made`
  try {
    if (await ordinaryPicture(file, made, options)) await rename(made, file)
  } finally {
    await rm(made, { force: true })
  }
}

/**
 * Makes a picture that somebody else has made into a logo: a PNG, upright, in sRGB with 8 bits, transparent where it was, that
 * stands out from a dark ground; of an animation the first frame.
 * @throws UnusableError for what is no picture, too large, too small or does not decode; UserError `cancelled`.
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

/** Pixels on the shorter side of a logo. */
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

/** The watch ends what takes too much memory or time; anything else is a file that the decoder stumbled over. */
function whyEnded({ code }: ProcessError): Unusable {
  return code === null ? 'too_large' : 'undecodable'
}
