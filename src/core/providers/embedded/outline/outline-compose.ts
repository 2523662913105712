import type { OutlineLine, OutlineWords, Tone } from './outline-words.ts'
import { spokenLength } from './spoken-length.ts'

export interface OutlineTask {
  words: OutlineWords
  tone: Tone
  /** Inserts the topic and the part into a sentence. */
  fill: (text: string, part?: string) => string
  /** Length of everyday narration, in characters, that can be spoken in the available time. */
  budget: number
  /** In characters: a segment takes another sentence until it has `enough`, and never exceeds `most`. */
  segment: { enough: number; most: number }
  /** Returns a number from 0 to 1, like Math.random. */
  random: () => number
}

/** A sentence and its place in the story, regardless of the order in which sentences are chosen. */
interface Placed extends OutlineLine {
  /** As counted by `spokenLength`, including the space after it. */
  length: number
  order: number
  /** The point it belongs to, and its place there; a sentence requires the one before it. */
  point: { chapter: number; line: number } | null
}

const ATTEMPTS = 400
const CLOSE_ENOUGH = 0.02
const TOO_FAR = 0.08
const FIRST_CHAPTER = 100
const LINES_A_CHAPTER = 100
const ENDING = 1e6
/** How many points are opened before any is told in detail. */
const POINTS = 3

/**
 * Chooses sentences so that the story is complete (hook, reasons, points, takeaway, call) as far as the budget allows,
 * and as long as the budget: tries different choices and keeps the closest.
 */
export function composeOutline(task: OutlineTask): OutlineLine[] {
  // Keyed by part, then text: joining the two would take longer than everything else in the attempts.
  const known = new Map<string, Map<string, Said>>()
  const say = (line: string, part = '') => {
    const ofPart = known.get(part) ?? new Map<string, Said>()
    known.set(part, ofPart)
    const said = ofPart.get(line) ?? saidOf(task.fill(line, part), task.words)
    ofPart.set(line, said)
    return said
  }
  let best: Placed[] = []
  let bestError = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < ATTEMPTS && bestError > CLOSE_ENOUGH; attempt++) {
    // Five seconds leave little choice, so there the length matters more than the tone.
    const tone = attempt > ATTEMPTS / 2 && bestError > TOO_FAR ? 'plain' : task.tone
    const chosen = choose(candidates({ ...task, tone }, say), task.budget)
    const error = Math.abs(lengthOf(chosen) - task.budget) / task.budget
    if (error >= bestError) continue
    best = chosen
    bestError = error
  }
  return inSegments(
    best.sort((a, b) => a.order - b.order),
    task.segment,
  )
}

type Said = Pick<Placed, 'text' | 'length'>

function saidOf(text: string, { spoken }: OutlineWords): Said {
  return { text, length: spokenLength(`${text} `, spoken) }
}

/** Every sentence that may be used, most important first. */
function candidates(
  { words, tone, random }: OutlineTask,
  say: (line: string, part?: string) => Said,
): Placed[] {
  const place = (lines: OutlineLine[], order: number): Placed[] =>
    shuffled(lines, random).map((line, index) => ({
      ...line,
      ...say(line.text),
      order: order + index,
      point: null,
    }))
  const fillers = shuffled(words.fillers, random)
  const chapters = shuffled(words.chapters, random).map(({ part, keyword, visuals, lines }, chapter) =>
    // Each part gets the remarks in a different order, so that neighbours don't sound alike.
    [...lines, ...fillers.map((_, i) => fillers[(i + chapter * 3) % fillers.length] ?? '')].map(
      (text, line): Placed => ({
        ...say(text, part),
        keyword,
        visuals,
        order: FIRST_CHAPTER + chapter * LINES_A_CHAPTER + line,
        point: { chapter, line },
      }),
    ),
  )
  const round = (list: Placed[][], line: number) => list.flatMap((lines) => lines[line] ?? [])
  const main = chapters.slice(0, POINTS)
  const more = chapters.slice(POINTS)
  const own = words.chapters[0]?.lines.length ?? 0
  const reasons = place(words.reasons, 1)
  return [
    ...place(words.hooks[tone], 0).slice(0, 1),
    ...reasons.slice(0, 1),
    ...round(main, 0),
    ...place(words.takeaways, ENDING).slice(0, 1),
    ...place(words.calls, ENDING + 10).slice(0, 1),
    ...reasons.slice(1, 2),
    ...Array.from({ length: own - 1 }, (_, i) => round(main, i + 1)).flat(),
    ...more.flatMap((lines) => lines.slice(0, own)),
    ...reasons.slice(2),
    ...fillers.flatMap((_, i) => round(chapters, own + i)),
  ]
}

function choose(all: Placed[], budget: number): Placed[] {
  const chosen: Placed[] = []
  const told = new Map<number, number>()
  let length = 0
  for (const line of all) {
    const longer = length + line.length
    if (chosen.length > 0 && longer > budget * (1 + CLOSE_ENOUGH)) continue
    if (line.point) {
      const { chapter, line: place } = line.point
      if ((told.get(chapter) ?? 0) !== place) continue
      told.set(chapter, place + 1)
    }
    chosen.push(line)
    length = longer
  }
  return chosen
}

function inSegments(lines: Placed[], { enough, most }: OutlineTask['segment']): OutlineLine[] {
  const segments: Placed[] = []
  for (const line of lines) {
    const last = segments.at(-1)
    const joined = last ? `${last.text} ${line.text}` : ''
    const belongs = last?.point?.chapter === line.point?.chapter || line.text.length < enough / 2
    if (last && belongs && last.text.length < enough && joined.length <= most) last.text = joined
    else segments.push({ ...line })
  }
  return segments.map(({ text, keyword, visuals }) => ({ text, keyword, visuals }))
}

function lengthOf(lines: Placed[]): number {
  return lines.reduce((sum, { length }) => sum + length, 0)
}

function shuffled<T>(list: T[], random: () => number): T[] {
  return list
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}
