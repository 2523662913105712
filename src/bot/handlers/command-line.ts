import { shorten } from '../view/shorten.ts'
import type { Words } from '../words/index.ts'
import { COMMANDS, type CommandOptions, type CommandSpec, type OptionSpec } from './commands.ts'

export type CommandLine =
  | { kind: 'command'; name: CommandSpec['name']; options: CommandOptions }
  /** Nothing was said about the new draft: its form can ask. */
  | { kind: 'form' }
  /** One sentence that says what is allowed. */
  | { kind: 'problem'; sentence: string }

/**
 * Reads what somebody typed after `/draft`, such as `create Whales format:shorts style:"slow and calm"`. Values with spaces
 * stand in quotation marks, straight or curly; the words outside of options are the topic, or the draft that is meant.
 */
export function parseCommandLine(text: string, words: Words): CommandLine {
  const [, name = '', rest = ''] = /^\s*(\S*)([\s\S]*)$/u.exec(text.normalize('NFC')) ?? []
  const spec = COMMANDS.find((each) => each.name === name.toLowerCase())
  if (name === '' || (spec?.name === 'create' && rest.trim() === '')) return { kind: 'form' }
  if (!spec) {
    const allowed = COMMANDS.map((each) => each.name).join(', ')
    return problem(words.commandLine.unknownCommand(shorten(name, 40), allowed))
  }
  try {
    return { kind: 'command', name: spec.name, options: readOptions(spec, rest, words) }
  } catch (error) {
    if (error instanceof LineError) return problem(error.message)
    throw error
  }
}

class LineError extends Error {}

/** Options whose unquoted value runs on to the next option: they are sentences more often than words. */
const RUNNING = new Set(['topic', 'script', 'draft'])
/** The same once the topic has been said: before it, the words after a style are the topic. */
const RUNNING_LATER = new Set(['style'])
const OPTION = /([a-z_]{2,30}):/iy
const WORD = /\S+/uy
/** What opens a quotation, and what may close it. */
const QUOTES: Record<string, string> = { '"': '"”“', '“': '”"', '„': '“”"', "'": "'’", '‘': "’'", '”': '”"' }

function readOptions(spec: CommandSpec, line: string, words: Words): CommandOptions {
  const options: CommandOptions = {}
  const loose: string[] = []
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
      const [value, end] = readValue(line, at + name.length + 1, option, words)
      options[option.name] = typedValue(option, value, words)
      const runs = RUNNING.has(option.name) || (loose.length > 0 && RUNNING_LATER.has(option.name))
      running = runs && !isQuote(line, at + name.length + 1) ? option.name : null
      at = end
    } else if (name !== undefined && /[^\s/:]/u.test(line.charAt(at + name.length + 1))) {
      const allowed = spec.options.map((each) => `${each.name}:`).join(' ')
      throw new LineError(words.commandLine.unknownOption(shorten(name, 40), allowed))
    } else {
      const [word, end] = readQuoted(line, at) ?? readWord(line, at)
      if (running === null) loose.push(word)
      else options[running] = `${options[running]} ${word}`
      at = end
    }
  }
  return withLooseWords(spec, options, loose.join(' '), words)
}

/** Words outside of options belong to the first option of the command. */
function withLooseWords(
  spec: CommandSpec,
  options: CommandOptions,
  loose: string,
  words: Words,
): CommandOptions {
  const [first, second] = spec.options
  const all = { ...options }
  // What to do is one word, and what comes after it is what to do it with: `unlink Bee TV`.
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

function isQuote(line: string, at: number): boolean {
  return line.charAt(at) in QUOTES
}

/** The text between quotation marks and the place after them; undefined when there are none, or only the first. */
function readQuoted(line: string, at: number): [string, number] | undefined {
  const closing = QUOTES[line.charAt(at)]
  if (closing === undefined) return undefined
  for (let end = at + 1; end < line.length; end += 1) {
    // An apostrophe inside of a word closes nothing.
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

/** @throws LineError that says what the option takes. */
function typedValue(option: OptionSpec, typed: string, words: Words): string | number | boolean {
  switch (option.type) {
    case 'text':
    case 'draft':
      return typed
    case 'number': {
      const number = /^([+-]?\d{1,9}(?:[.,]\d{1,6})?)\s*(?:s|sec|seconds?|초)?$/iu.exec(typed.trim())?.[1]
      const value = number === undefined ? Number.NaN : Number(number.replace(',', '.'))
      if (value >= option.min && value <= option.max) return value
      return refuse(option, typed, words.commandLine.range(option.min, option.max), words)
    }
    case 'boolean':
      if (/^(true|yes|on|1|네|예)$/iu.test(typed)) return true
      if (/^(false|no|off|0|아니요|아니오)$/iu.test(typed)) return false
      return refuse(option, typed, 'yes, no', words)
    case 'choice': {
      const wanted = typed.trim().toLowerCase()
      const choice = option.choices.find(
        (each) =>
          each === wanted ||
          option.labelOf(words, each).toLowerCase() === wanted ||
          option.alsoOf?.(words, each).toLowerCase() === wanted,
      )
      return choice ?? refuse(option, typed, option.choices.join(', '), words)
    }
  }
}

function refuse(option: OptionSpec, typed: string, allowed: string, words: Words): never {
  throw new LineError(words.commandLine.notAllowed(option.name, shorten(typed, 60), allowed))
}

function problem(sentence: string): CommandLine {
  return { kind: 'problem', sentence }
}
