import type { FrameRate, Timeline, TimelineItem } from './timeline.ts'

/**
 * A timeline as an OpenTimelineIO file, in the format of its documentation, “Serialized Data” (version 0.15 and later):
 * https://opentimelineio.readthedocs.io/en/stable/tutorials/otio-serialized-schema.html
 */
export function otioOf(timeline: Timeline): string {
  const { title, rate, frames, clips, voices, music } = timeline
  const tracks = [
    track('Video', 'Video', serially(clips, rate)),
    track('Voices', 'Audio', serially(voices, rate)),
    ...(music ? [track('Music', 'Audio', serially([music], rate))] : []),
  ]
  const document = {
    OTIO_SCHEMA: 'Timeline.1',
    metadata: {},
    name: title,
    global_start_time: time(0, rate),
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      ...item('tracks', range(0, frames, rate)),
      children: tracks,
    },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function track(name: string, kind: 'Video' | 'Audio', children: object[]): object {
  return { OTIO_SCHEMA: 'Track.1', ...item(name, null), kind, children }
}

/** A track plays its items one after the other, so items that start later come after a gap. */
function serially(items: readonly TimelineItem[], rate: FrameRate): object[] {
  let at = 0
  return items.flatMap((each) => {
    const gap = each.start - at
    at = each.start + each.frames
    const before = gap > 0 ? [{ OTIO_SCHEMA: 'Gap.1', ...item('', range(0, gap, rate)) }] : []
    return [...before, clip(each, rate)]
  })
}

function clip({ name, file, frames, available }: TimelineItem, rate: FrameRate): object {
  return {
    OTIO_SCHEMA: 'Clip.2',
    ...item(name, range(0, frames, rate)),
    media_references: {
      DEFAULT_MEDIA: {
        OTIO_SCHEMA: 'ExternalReference.1',
        metadata: {},
        name: file.slice(file.lastIndexOf('/') + 1),
        available_range: range(0, available, rate),
        available_image_bounds: null,
        target_url: encodeURI(file),
      },
    },
    active_media_reference_key: 'DEFAULT_MEDIA',
  }
}

/** The common fields of clips, gaps, tracks and stacks. */
function item(name: string, sourceRange: object | null): object {
  return { metadata: {}, name, source_range: sourceRange, effects: [], markers: [], enabled: true }
}

function range(start: number, frames: number, rate: FrameRate): object {
  return { OTIO_SCHEMA: 'TimeRange.1', start_time: time(start, rate), duration: time(frames, rate) }
}

function time(frames: number, { frames: count, seconds }: FrameRate): object {
  return { OTIO_SCHEMA: 'RationalTime.1', rate: count / seconds, value: frames }
}
