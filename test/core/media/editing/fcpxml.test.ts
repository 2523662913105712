import { readFileSync } from 'node:fs'
import { DtdValidator, XmlDocument, XmlDtd, XmlElement, XmlValidateError } from 'libxml2-wasm'
import { expect, it } from 'vitest'
import { fcpxmlOf } from '../../../../src/core/media/editing/fcpxml.ts'
import type { FrameRate } from '../../../../src/core/media/editing/timeline.ts'
import { placesOf, TIMELINE } from './timelines.ts'

const DTD = readFileSync(new URL('fcpxml-used.dtd', import.meta.url), 'utf8')

function validate(xml: string): void {
  using document = XmlDocument.fromString(xml)
  using dtd = XmlDtd.fromString(DTD)
  const validator = new DtdValidator(dtd)
  validator.validate(document)
}

/** The number of frames in a time, which has to be whole. */
function framesOf(time: string, { frames, seconds }: FrameRate): number {
  const [, over, under = '1'] = /^(\d+)(?:\/(\d+))?s$/.exec(time) ?? []
  const exact = (BigInt(over ?? '-1') * BigInt(frames)) % (BigInt(under) * BigInt(seconds))
  if (over === undefined || exact !== 0n) throw new Error(`${time} is no whole number of frames`)
  return Number((BigInt(over) * BigInt(frames)) / (BigInt(under) * BigInt(seconds)))
}

/** Reads it as an editing program would: every clip at its place in the film. */
function read(xml: string) {
  using document = XmlDocument.fromString(xml)
  const all = (path: string) => document.find(path).filter((node) => node instanceof XmlElement)
  const value = (element: XmlElement, name: string) => element.attr(name)?.value ?? ''
  const [format] = all('//format')
  if (!format) throw new Error('it has no format')
  const [, over = '', under = ''] = /^(\d+)\/(\d+)s$/.exec(value(format, 'frameDuration')) ?? []
  const rate = { frames: Number(under), seconds: Number(over) }
  const time = (element: XmlElement, name: string) => framesOf(value(element, name), rate)
  const assets = new Map(all('//asset').map((each) => [value(each, 'id'), each]))
  const parts = all('//asset-clip').map((clip) => {
    const parent = clip.parent
    const outer =
      parent instanceof XmlElement && parent.name === 'asset-clip'
        ? time(parent, 'offset') - time(parent, 'start')
        : 0
    const asset = assets.get(value(clip, 'ref'))
    const source = asset?.find('media-rep/@src')[0]?.content ?? ''
    return {
      file: decodeURI(source.replace('./', '')),
      start: outer + time(clip, 'offset'),
      frames: time(clip, 'duration'),
      available: asset ? time(asset, 'duration') : 0,
      lane: value(clip, 'lane'),
      isAnchored: outer !== 0 || parent?.name === 'asset-clip',
    }
  })
  const [sequence] = all('//sequence')
  if (!sequence) throw new Error('it has no sequence')
  return {
    ...{ rate, parts, total: time(sequence, 'duration') },
    size: [value(format, 'width'), value(format, 'height')],
    title: document.find('//project/@name')[0]?.content,
  }
}

it('is valid, and read back plays every file at the very frame', () => {
  const xml = fcpxmlOf(TIMELINE)
  validate(xml)
  const { rate, parts, total, size, title } = read(xml)
  expect({ rate, total, size }).toEqual({ rate: TIMELINE.rate, total: 120, size: ['1080', '1920'] })
  // XML can't represent a bell character.
  expect(title).toBe('Bees & <bears> “두” \u{1f41d}')
  const places = parts.map(({ file, start, frames, available }) => ({ file, start, frames, available }))
  expect(places).toHaveLength(7)
  expect(places).toEqual(expect.arrayContaining(placesOf(TIMELINE)))
  // The DTD: anchored items must have a non-zero lane, and items of a spine must have none.
  expect(parts.every(({ lane, isAnchored }) => (lane !== '') === isAnchored)).toBe(true)
})

it('keeps a rate that is no whole number exact', () => {
  const rate = { frames: 30_000, seconds: 1001 }
  const xml = fcpxmlOf({ ...TIMELINE, rate, music: null })
  validate(xml)
  expect(xml).toContain('frameDuration="1001/30000s"')
  expect(read(xml)).toMatchObject({ rate, total: 120 })
  expect(
    read(xml)
      .parts.filter(({ lane }) => lane === '')
      .map(({ start }) => start),
  ).toEqual([0, 37, 90])
})

it('would be found out if it were wrong', () => {
  const xml = fcpxmlOf(TIMELINE)
  for (const wrong of [
    xml.replace('version="1.10"', 'version="1.9"'),
    xml.replace('ref="r2"', 'ref="r99"'),
    xml.replace('<spine>', '<spine><gap duration="1s"/>'),
    xml.replace('tcFormat="NDF"', 'tcFormat="30"'),
  ])
    expect(() => validate(wrong)).toThrow(XmlValidateError)
  expect(() => read(xml.replace('offset="37/30s"', 'offset="37/31s"'))).toThrow('no whole number')
})
