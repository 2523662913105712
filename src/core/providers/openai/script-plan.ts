import { z } from 'zod'
import { LIMITS } from '../../model/limits.ts'
import type { PlannedSegment, ScriptRequest } from '../../model/providers.ts'
import { cleaned } from '../../model/text/clean.ts'
import { joinShortest } from '../script/join-shortest.ts'
import { shorten } from '../script/shorten.ts'

/**
 * What the model is asked for. Strict schemas support neither lengths nor optional fields, so `checkPlan` checks the rest
 * and `tidyPlan` corrects it.
 */
const segment = z.object({
  text: z.string().describe('What the narrator says'),
  keyword: z.string().describe('One or two words of the text that matter most'),
  searchQuery: z.string().describe('2 to 5 English words for a stock video search: things a camera can see'),
})

const plan = z.object({
  title: z.string().describe(`At most ${LIMITS.title} characters`),
  description: z.string().describe('One to three sentences for the page of the video'),
  tags: z.array(z.string()).describe('5 to 10 short tags without #'),
  segments: z.array(segment),
})

const planWithTopics = z.object({
  proposedTopics: z.array(z.string()).describe('Three different topics; the script is about the first one'),
  ...plan.shape,
})

export type WrittenPlan = z.infer<typeof plan> & { proposedTopics?: string[] | undefined }

export const planShapes = { withTopic: plan, withoutTopic: planWithTopics }

/** Checks what the shape can't express. The messages go back to the model, so they say what to do. */
export function checkPlan(written: WrittenPlan, context: z.RefinementCtx): void {
  const complain = (message: string, path: (string | number)[]) => {
    context.addIssue({ code: 'custom', message, path, input: written })
  }
  if (clean(written.title) === '') complain('must not be empty', ['title'])
  if (written.segments.length === 0) complain('there must be at least one segment', ['segments'])
  if (written.proposedTopics?.every((topic) => topic.trim() === '')) {
    complain('three topics are needed', ['proposedTopics'])
  }
  for (const [index, { text, searchQuery }] of written.segments.entries()) {
    if (!/[\p{L}\p{N}]/u.test(clean(text)))
      complain('must hold words that can be spoken', ['segments', index, 'text'])
    if (text.length > LIMITS.narration) {
      complain(`must have at most ${LIMITS.narration} characters`, ['segments', index, 'text'])
    }
    if (!/[\p{L}\p{N}]/u.test(searchQuery)) {
      complain('must name something a camera can see', ['segments', index, 'searchQuery'])
    }
  }
}

/**
 * Asks for things that make a script better but aren't worth failing for: English searches, keywords, three topics to
 * choose from.
 */
export function wishOfPlan(written: WrittenPlan, context: z.RefinementCtx): void {
  const complain = (message: string, path: (string | number)[]) => {
    context.addIssue({ code: 'custom', message, path, input: written })
  }
  const topics = written.proposedTopics && unique(written.proposedTopics.map(clean))
  if (topics && topics.length < 3) complain('three different topics are needed', ['proposedTopics'])
  for (const [index, { keyword, searchQuery }] of written.segments.entries()) {
    if (
      !/\p{Script=Latin}/u.test(searchQuery) ||
      /[^\p{Script=Latin}\p{N}\p{M}\p{P}\p{S}\s]/u.test(searchQuery)
    )
      complain('must be in English', ['segments', index, 'searchQuery'])
    if (clean(keyword) === '') complain('must not be empty', ['segments', index, 'keyword'])
  }
}

export const rewriteShape = z.object({ text: z.string().describe('The new narration') })

export function checkRewrite(written: z.infer<typeof rewriteShape>, context: z.RefinementCtx): void {
  if (/[\p{L}\p{N}]/u.test(clean(written.text))) return
  context.addIssue({
    code: 'custom',
    message: 'must hold words that can be spoken',
    path: ['text'],
    input: written,
  })
}

/** Brings everything within a draft's limits; text that is too long is shortened, never rejected. */
export function tidyPlan(written: WrittenPlan, request: ScriptRequest) {
  const topics = unique((written.proposedTopics ?? []).map((topic) => shorten(clean(topic), LIMITS.topic)))
  const [proposed, ...otherTopics] = topics
  const tags = unique(written.tags.map((tag) => clean(tag).replace(/^#+/, '').trim()))
  return {
    topic: request.topic ?? proposed ?? shorten(clean(written.title), LIMITS.topic),
    otherTopics: request.topic === null ? otherTopics.slice(0, 2) : [],
    title: shorten(clean(written.title), LIMITS.title),
    description: shorten(clean(written.description), LIMITS.description),
    tags: tags.map((tag) => shorten(tag, LIMITS.tag)).slice(0, LIMITS.tags),
    segments: joinDown(written.segments.map(tidySegment)),
  }
}

function tidySegment({ text, keyword, searchQuery }: PlannedSegment): PlannedSegment {
  return {
    text: tidyText(text),
    keyword: shorten(clean(keyword), LIMITS.keyword),
    searchQuery: shorten(clean(searchQuery), LIMITS.searchQuery),
  }
}

/** The text of one narration as a single line within the length limit. */
export function tidyText(text: string): string {
  return shorten(clean(text), LIMITS.narration)
}

/** Spoken characters, counting the pause between two segments as one. */
export function spokenLength(segments: readonly { text: string }[]): number {
  return segments.reduce((sum, { text }) => sum + clean(text).length, 0) + Math.max(0, segments.length - 1)
}

/** Joins segments until there are no more than a draft can hold. */
function joinDown(segments: PlannedSegment[]): PlannedSegment[] {
  return joinShortest(
    segments,
    LIMITS.segments,
    ({ text }) => text,
    (first, second) => ({ ...first, text: shorten(`${first.text} ${second.text}`, LIMITS.narration) }),
  )
}

function unique(values: string[]): string[] {
  const seen = new Map(values.filter((value) => value !== '').map((value) => [value.toLowerCase(), value]))
  return [...seen.values()]
}

/** The text as one line, without what models add to it: markup, stage directions, labels, emoji, invisible characters. */
function clean(text: string): string {
  return cleaned(text, 'model').replace(/\s+/g, ' ')
}
