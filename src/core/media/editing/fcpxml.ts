import { create } from 'xmlbuilder2'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'
import { FORMATS, SAMPLE_RATE } from '../../model/formats.ts'
import { CHANNELS, type FrameRate, type Timeline, type TimelineItem } from './timeline.ts'

/**
 * A timeline as Final Cut Pro XML 1.10, according to Apple's DTD of that version (`FCPXMLv1_10.dtd`, part of Final Cut Pro)
 * and https://developer.apple.com/documentation/professional-video-applications/fcpxml-reference. Connected clips start at
 * an offset in their parent clip's time, which starts at 0 here.
 */
export function fcpxmlOf(timeline: Timeline): string {
  const { title, format, rate, frames, clips, voices, music } = timeline
  const time = (count: number) => timeOf(count, rate)
  const document = create({ version: '1.0', encoding: 'UTF-8' })
  const root = document.ele('fcpxml', { version: '1.10' })
  const resources = root.ele('resources')
  const { width, height } = FORMATS[format]
  const shape = { width: String(width), height: String(height) }
  resources.ele('format', {
    ...{ id: FORMAT, frameDuration: time(1), ...shape, colorSpace: '1-1-1 (Rec. 709)' },
  })
  const assets = new Map<TimelineItem, string>()
  const asset = (item: TimelineItem, kind: Record<string, string>) => {
    const id = `r${assets.size + 2}`
    assets.set(item, id)
    const duration = time(item.available)
    resources
      .ele('asset', { id, name: plain(item.name), start: time(0), duration, ...kind })
      .ele('media-rep', { kind: 'original-media', src: `./${encodeURI(item.file)}` })
  }
  for (const clip of clips) asset(clip, { hasVideo: '1', format: FORMAT, videoSources: '1' })
  for (const voice of voices) asset(voice, audioOf(CHANNELS.voice))
  if (music) asset(music, audioOf(CHANNELS.music))

  const spine = root
    .ele('library')
    .ele('event', { name: plain(title) })
    .ele('project', { name: plain(title) })
    .ele('sequence', {
      ...{ format: FORMAT, duration: time(frames), tcStart: time(0), tcFormat: 'NDF' },
      ...{ audioLayout: 'stereo', audioRate: `${SAMPLE_RATE / 1000}k` },
    })
    .ele('spine')
  const place = (parent: XMLBuilder, item: TimelineItem, offset: number, more: Record<string, string>) =>
    parent.ele('asset-clip', {
      ref: assets.get(item) ?? '',
      ...more,
      ...{ offset: time(offset), name: plain(item.name), start: time(0), duration: time(item.frames) },
    })
  for (const clip of clips) {
    const primary = place(spine, clip, clip.start, { format: FORMAT, tcFormat: 'NDF', videoRole: 'video' })
    const within = (item: TimelineItem) =>
      item.start >= clip.start && item.start < clip.start + clip.frames ? item.start - clip.start : null
    for (const voice of voices) {
      const offset = within(voice)
      if (offset !== null) place(primary, voice, offset, { lane: '-1', audioRole: 'dialogue' })
    }
    const begins = music && within(music)
    if (music && begins !== null) place(primary, music, begins, { lane: '-2', audioRole: 'music' })
  }
  root.doc().dtd({ name: 'fcpxml' })
  return `${document.end({ prettyPrint: true })}\n`
}

/** The resource id of the film's format. */
const FORMAT = 'r1'

function audioOf(channels: number): Record<string, string> {
  return {
    ...{ hasAudio: '1', audioSources: '1' },
    ...{ audioChannels: String(channels), audioRate: String(SAMPLE_RATE) },
  }
}

/** Seconds as a rational number, exact to the frame. */
function timeOf(count: number, { frames, seconds }: FrameRate): string {
  const [over, under] = [count * seconds, frames]
  return over % under === 0 ? `${over / under}s` : `${over}/${under}s`
}

/** The characters allowed by XML 1.0, 2.2. */
function plain(text: string): string {
  return text.replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
}
