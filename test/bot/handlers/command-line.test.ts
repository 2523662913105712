import { describe, expect, it } from 'vitest'
import { parseCommandLine } from '../../../src/bot/handlers/command-line.ts'
import { wordsFor } from '../../../src/bot/words/index.ts'

const parse = (text: string, locale = 'en') => parseCommandLine(text, wordsFor(locale))
const create = (text: string) => {
  const parsed = parse(`create ${text}`)
  return parsed.kind === 'command' ? parsed.options : parsed
}
const sentence = (text: string, locale = 'en') => {
  const parsed = parseCommandLine(text, wordsFor(locale))
  return parsed.kind === 'problem' ? parsed.sentence : parsed
}

describe('what follows /draft', () => {
  it('opens the form when nothing is said', () => {
    for (const text of ['', '   ', 'create', ' CREATE  ']) expect(parse(text)).toEqual({ kind: 'form' })
  })

  it('reads a topic and options with types', () => {
    expect(create('why whales sing format:shorts duration:60 style:"slow & calm" music:calm')).toEqual({
      topic: 'why whales sing',
      format: 'shorts',
      duration: 60,
      style: 'slow & calm',
      music: 'calm',
    })
    expect(create('format:Square duration:12,5초 바다의 고래 music:none')).toEqual({
      topic: '바다의 고래',
      format: 'square',
      duration: 12.5,
      music: 'none',
    })
  })

  it.each([
    ['style:“curly calm” whales', { style: 'curly calm', topic: 'whales' }],
    ["style:'it's fine' whales", { style: "it's fine", topic: 'whales' }],
    ['style:‘single curly’ 고래', { style: 'single curly', topic: '고래' }],
    ['topic:“고래의 노래: 1부” format:shorts', { topic: '고래의 노래: 1부', format: 'shorts' }],
    ['"format:square is my topic"', { topic: 'format:square is my topic' }],
    ['topic:whales of the sea format:shorts', { topic: 'whales of the sea', format: 'shorts' }],
    ['script:One sentence. Another one. duration:20', { script: 'One sentence. Another one.', duration: 20 }],
    ['duration:2 min whales', { duration: 120, topic: 'whales' }],
    ['whales duration:1분 30초 format:shorts', { duration: 90, topic: 'whales', format: 'shorts' }],
    ['duration:1:30 whales', { duration: 90, topic: 'whales' }],
    ['duration:"1.5 minutes" whales', { duration: 90, topic: 'whales' }],
    ['style: calm whales', { style: 'calm', topic: 'whales' }],
    [
      'whales style:calm, funny, for children format:shorts',
      { topic: 'whales', style: 'calm, funny, for children', format: 'shorts' },
    ],
    ['whales style:"calm" of the sea', { topic: 'whales of the sea', style: 'calm' }],
    ["Don't panic", { topic: "Don't panic" }],
    ['"unclosed words', { topic: '"unclosed words' }],
    ['Note: at 12:30 see https://example.com/a:b', { topic: 'Note: at 12:30 see https://example.com/a:b' }],
    ['script:"line one\nline two"', { script: 'line one\nline two' }],
  ])('reads %s', (text, options) => {
    expect(create(text)).toEqual(options)
  })

  it('names the draft of other commands by any words', () => {
    expect(parse('show draft_20250101_000000_ab')).toMatchObject({
      name: 'show',
      options: { draft: 'draft_20250101_000000_ab' },
    })
    expect(parse('delete the whale video keep_files:yes')).toEqual({
      kind: 'command',
      name: 'delete',
      options: { draft: 'the whale video', keep_files: true },
    })
    expect(parse('list finalized')).toMatchObject({ options: { status: 'finalized' } })
    expect(parse('list @ann rendering bees')).toMatchObject({
      options: { person: '@ann', status: 'converting', words: 'bees' },
    })
    expect(parse('list <@U12|ann> ready to render the "finished" bee')).toMatchObject({
      options: { person: 'id:U12', status: 'assets_ready', words: 'the finished bee' },
    })
    expect(parse('list 꿀벌 렌더링 준비 완료', 'ko')).toMatchObject({
      options: { status: 'assets_ready', words: '꿀벌' },
    })
    expect(parse('list 렌더링 @민지', 'ko')).toMatchObject({
      options: { status: 'converting', person: '@민지' },
    })
    expect(parse('list person:"Ann Lee" status:done words:"done deal"')).toMatchObject({
      options: { person: 'Ann Lee', status: 'finalized', words: 'done deal' },
    })
    expect(parse('list')).toEqual({ kind: 'command', name: 'list', options: {} })
    expect(parse('help me please')).toMatchObject({ name: 'help' })
  })

  it.each([
    ['make a video about bees', { topic: 'bees' }],
    ['please make me a short video about why bees dance!', { topic: 'why bees dance' }],
    ['make whales format:square duration:2 min', { topic: 'whales', format: 'square', duration: 120 }],
    ['why is the sky blue?', { topic: 'why is the sky blue' }],
    ['video about the sea', { topic: 'the sea' }],
    ['꿀벌에 대한 짧은 영상을 만들어 주세요.', { topic: '꿀벌' }],
    ['김치의 역사', { topic: '김치의 역사' }],
    ['lst', { topic: 'lst' }],
  ])('could be what a draft is about: %s', (text, options) => {
    expect(parse(text)).toEqual({ kind: 'topic', name: text.split(' ')[0], options })
  })

  it('could be its whole script', () => {
    const script = 'Bees dance. '.repeat(30).trim()
    expect(parse(script)).toMatchObject({ kind: 'topic', options: { script: script.slice(0, -1) } })
  })

  it('says what is allowed instead of guessing', () => {
    expect(sentence('create whales formt:shorts')).toMatch(/“formt:” is not an option.*format:.*music:/)
    expect(sentence('create whales format:vertical')).toMatch(
      /“format” cannot be “vertical”.*shorts, landscape, square/,
    )
    expect(sentence('create whales duration:long')).toMatch(
      /from 5 seconds to 10 minutes, for example 90, 90s, 1:30 or 2 min/,
    )
    expect(sentence('create whales duration:9999')).toMatch(
      /from 5 seconds to 10 minutes, for example 90, 90s, 1:30 or 2 min/,
    )
    expect(sentence('create whales style:"never closed')).toMatch(/“style:” is not closed/)
    expect(sentence('?!')).toMatch(/no \/draft \?!.*create, list, show/)
    expect(sentence('show')).toMatch(/\/draft show needs/)
    expect(sentence('delete x keep_files:perhaps')).toMatch(/yes, no/)
    expect(sentence('create 고래 format:세모', 'ko')).toMatch(/“format:” 옵션에 “세모” 값은.*shorts/)
  })
})
