import { LIMITS } from '../../core/model/limits.ts'
import { secondsIn } from '../../core/model/text/duration.ts'
import { shorten } from '../view/shorten.ts'
import { type Words, wordsFor } from '../words/index.ts'
import { askedTopic } from './asked-topic.ts'
import { COMMANDS, type CommandOptions, type CommandSpec, type OptionSpec, PERSON } from './commands.ts'

export type CommandLine =
  | { kind: 'command'; name: CommandSpec['name']; options: CommandOptions }
  /** Nothing was said about the new draft, so its form can ask. */
  | { kind: 'form' }
  /** Not a command, but possibly a draft's topic or script; with the word that isn't a command's name. */
  | { kind: 'topic'; name: string; options: CommandOptions }
  /** One sentence that says what is allowed. */
  | { kind: 'problem'; sentence: string }

/**
 * Parses what a person typed after `/draft`, such as `create Whales format:shorts style:"slow and calm"`. Values with
 * spaces go in quotation marks, straight or curly; words outside options are the topic, or name the draft.
 */
export function parseCommandLine(text: string, words: Words): CommandLine {
  const [, name = '', rest = ''] = /^\s*(\S*)([\s\S]*)$/u.exec(text.normalize('NFC')) ?? []
  const spec = COMMANDS.find((each) => each.name === name.toLowerCase())
  if (name === '' || (spec?.name === 'create' && rest.trim() === '')) return { kind: 'form' }
  if (!spec) return asTopic(name, `${name}${rest}`, words)
  try {
    return { kind: 'command', name: spec.name, options: readOptions(spec, rest, words) }
  } catch (error) {
    if (error instanceof LineError) return problem(error.message)
    throw error
  }
}

class LineError extends Error {}

/** The names of all commands, as listed in a sentence. */
export const COMMAND_NAMES = COMMANDS.map(({ name }) => name).join(', ')

/** A possible topic, as in `make a video about bees format:square`. */
function asTopic(name: string, line: string, words: Words): CommandLine {
  const unknown = problem(words.commandLine.unknownCommand(shorten(name, 40), COMMAND_NAMES))
  const create = COMMANDS.find((each) => each.name === 'create')
  if (!create) return unknown
  try {
    const { topic, ...options } = readOptions(create, line, words)
    const wanted = askedTopic(String(topic ?? ''))
    if (!/[\p{L}\p{N}]/u.test(wanted)) return unknown
    const subject = wanted.length <= LIMITS.topic ? { topic: wanted } : { script: wanted }
    return { kind: 'topic', name: shorten(name, 40), options: { ...options, ...subject } }
  } catch (error) {
    if (error instanceof LineError) return unknown
    throw error
  }
}

/** Words that only filter in `/draft list`, unless they are quoted. */
function withFilters(spec: CommandSpec, options: CommandOptions, loose: Loose[], words: Words): Loose[] {
  let left = loose
  const person = left.find(({ isQuoted, text }) => !isQuoted && /^(?:@.|<@)/u.test(text))
  if (person && options.person === undefined) {
    const id = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(person.text)?.[1]
    options.person = id === undefined ? person.text : `${PERSON}${id}`
    left = left.filter((each) => each !== person)
  }
  const status = spec.options.find(({ name }) => name === 'status')
  if (status?.type !== 'choice' || options.status !== undefined) return left
  // Status names may have several words; the longest match wins.
  for (let count = Math.min(STATUS_WORDS, left.length); count > 0; count -= 1)
    for (let at = 0; at + count <= left.length; at += 1) {
      const some = left.slice(at, at + count)
      const named = some.some(({ isQuoted }) => isQuoted)
        ? undefined
        : choiceOf(status, some.map(({ text }) => text).join(' '), words)
      if (named === undefined) continue
      options.status = named
      return left.toSpliced(at, count)
    }
  return left
}

interface Loose {
  text: string
  isQuoted: boolean
}

/** Options whose unquoted value continues up to the next option, since they are more often sentences than words. */
const RUNNING = new Set(['topic', 'script', 'draft'])
/** Same, once the topic is known: before that, the words after a style are the topic. */
const RUNNING_LATER = new Set(['style'])
const OPTION = /([a-z_]{2,30}):/iy
const WORD = /\S+/uy
/** The most words in a duration, such as `1 hour 2 minutes and 3 seconds`. */
const DURATION_WORDS = 7
/** The most words in a status name. */
const STATUS_WORDS = 5
/** What opens a quotation, and what may close it. */
const QUOTES: Record<string, string> = { '"': '"”“', '“': '”"', '„': '“”"', "'": "'’", '‘': "’'", '”': '”"' }

function readOptions(spec: CommandSpec, line: string, words: Words): CommandOptions {
  const options: CommandOptions = {}
  const loose: Loose[] = []
  let running: string | null = null
  let at = 0
  while (at < line.length) {
    if (/\s/u.test(line.charAt(at))) {
      at += 1
      continue
    }
    const name = match(OPTION, line, at)?.slice(0, -1)
    const option = spec.options.find((each) => each.name === name?.toLowerCase())
    if (name !== undefined && option) {
      const from = at + name.length + 1
      const [value, end] = readDuration(line, from, option) ?? readValue(line, from, option, words)
      options[option.name] = typedValue(option, value, words)
      const runs = RUNNING.has(option.name) || (loose.length > 0 && RUNNING_LATER.has(option.name))
      running = runs && !isQuote(line, at + name.length + 1) ? option.name : null
      at = end
    } else if (name !== undefined && /[^\s/:]/u.test(line.charAt(at + name.length + 1))) {
      const allowed = spec.options.map((each) => `${each.name}:`).join(' ')
      throw new LineError(words.commandLine.unknownOption(shorten(name, 40), allowed))
    } else {
      const quoted = readQuoted(line, at)
      const [word, end] = quoted ?? readWord(line, at)
      if (running === null) loose.push({ text: word, isQuoted: quoted !== undefined })
      else options[running] = `${options[running]} ${word}`
      at = end
    }
  }
  const left = spec.name === 'list' ? withFilters(spec, options, loose, words) : loose
  return withLooseWords(spec, options, left.map(({ text }) => text).join(' '), words)
}

/** Words outside options belong to the command's first option. */
function withLooseWords(
  spec: CommandSpec,
  options: CommandOptions,
  loose: string,
  words: Words,
): CommandOptions {
  const [first, second] = spec.options
  const all = { ...options }
  // The action is one word, and what follows is its object: `unlink Bee TV`.
  const [, word = '', rest = ''] = /^(\S+)\s+(\S[\s\S]*)$/u.exec(loose) ?? []
  if (first?.type === 'choice' && second?.type === 'text' && word !== '')
    return { ...all, [first.name]: typedValue(first, word, words), [second.name]: rest }
  if (first && loose !== '') {
    const before = all[first.name]
    all[first.name] = typedValue(first, typeof before === 'string' ? `${before} ${loose}` : loose, words)
  }
  if (first?.required && all[first.name] === undefined)
    throw new LineError(words.commandLine.missing(spec.name))
  return all
}

function readValue(line: string, from: number, option: OptionSpec, words: Words): [string, number] {
  const start = from + (/^\s*/u.exec(line.slice(from))?.[0].length ?? 0)
  const quoted = readQuoted(line, start)
  if (quoted) return quoted
  if (isQuote(line, start)) throw new LineError(words.commandLine.openQuote(option.name))
  return readWord(line, start)
}

/** `2 min` and `1분 30초` need no quotation marks: takes as many words as make up one duration. */
function readDuration(line: string, from: number, option: OptionSpec): [string, number] | null {
  if (option.type !== 'duration') return null
  const words = [...line.slice(from).matchAll(/\S+/gu)].slice(0, DURATION_WORDS)
  for (const word of words.toReversed()) {
    const end = from + word.index + word[0].length
    const value = line.slice(from, end).trim()
    if (secondsIn(value) !== null) return [value, end]
  }
  return null
}

function isQuote(line: string, at: number): boolean {
  return line.charAt(at) in QUOTES
}

/** The text between quotation marks and the index after them; undefined if there are none, or only the opening one. */
function readQuoted(line: string, at: number): [string, number] | undefined {
  const closing = QUOTES[line.charAt(at)]
  if (closing === undefined) return undefined
  for (let end = at + 1; end < line.length; end += 1) {
    // An apostrophe inside a word doesn't close a quotation.
    const next = line.charAt(end + 1)
    if (closing.includes(line.charAt(end)) && (next === '' || /\s/u.test(next)))
      return [line.slice(at + 1, end), end + 1]
  }
  return undefined
}

function readWord(line: string, at: number): [string, number] {
  const word = match(WORD, line, at) ?? ''
  return [word, at + word.length]
}

function match(pattern: RegExp, line: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(line)?.[0]
}

/** @throws LineError saying what the option accepts. */
function typedValue(option: OptionSpec, typed: string, words: Words): string | number | boolean {
  switch (option.type) {
    case 'text':
    case 'draft':
    case 'person':
      return typed
    case 'duration': {
      const seconds = secondsIn(typed)
      if (seconds !== null && seconds >= option.min && seconds <= option.max) return seconds
      const { min, max } = option
      throw new LineError(words.errors.duration_out_of_range({ field: 'targetDuration', min, max }))
    }
    case 'boolean':
      if (/^(true|yes|on|1|네|예)$/iu.test(typed)) return true
      if (/^(false|no|off|0|아니요|아니오)$/iu.test(typed)) return false
      return refuse(option, typed, 'yes, no', words)
    case 'choice':
      return choiceOf(option, typed, words) ?? refuse(option, typed, option.choices.join(', '), words)
  }
}

/** The choice a person named, in their language or in English. */
function choiceOf(
  { choices, labelOf, alsoOf }: Extract<OptionSpec, { type: 'choice' }>,
  typed: string,
  words: Words,
): string | undefined {
  const wanted = typed.trim().toLowerCase()
  const names = (each: string) =>
    [words, wordsFor('en')].flatMap((some) => [labelOf(some, each), alsoOf?.(some, each)])
  return choices.find((each) => each === wanted || names(each).some((name) => name?.toLowerCase() === wanted))
}

function refuse(option: OptionSpec, typed: string, allowed: string, words: Words): never {
  throw new LineError(words.commandLine.notAllowed(option.name, shorten(typed, 60), allowed))
}

function problem(sentence: string): CommandLine {
  return { kind: 'problem', sentence }
}
