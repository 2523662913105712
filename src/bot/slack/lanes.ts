import PQueue from 'p-queue'

/**
 * Slack takes about one message a second in a channel, with short bursts
 * (https://docs.slack.dev/apis/web-api/rate-limits). This many may go in any such span of milliseconds.
 */
const BURST = { messages: 20, span: 20_000 }

/** Does the work of each channel one after another, at Slack's pace. Of what waits, the higher priority goes first. */
export type Lanes = <T>(channelId: string, priority: number, work: () => Promise<T>) => Promise<T>

/** While one message waits out a Retry-After, those behind it in the same channel wait as well. */
export function createLanes(): Lanes {
  const lanes = new Map<string, PQueue>()
  return (channelId, priority, work) => {
    const lane =
      lanes.get(channelId) ??
      new PQueue({ concurrency: 1, interval: BURST.span, intervalCap: BURST.messages, strict: true })
    lanes.set(channelId, lane)
    return lane.add(work, { priority })
  }
}
