import PQueue from 'p-queue'

/**
 * Slack accepts about one new message per second in a channel, with short bursts
 * (https://docs.slack.dev/apis/web-api/rate-limits). This many are sent in any such period of milliseconds.
 */
const BURST = { messages: 5, span: 5000 }

/**
 * Serialises the calls for one channel. While one waits for a Retry-After, those behind it wait, too, instead of running
 * into the same limit. Edits have a larger allowance than new messages, so only Slack slows them down.
 */
export interface Pacing {
  post<T>(channelId: string, work: () => Promise<T>): Promise<T>
  edit<T>(channelId: string, work: () => Promise<T>): Promise<T>
}

export function createPacing(): Pacing {
  const posts = new Map<string, PQueue>()
  const edits = new Map<string, PQueue>()
  return {
    post: (channelId, work) =>
      laneOf(posts, channelId, { interval: BURST.span, intervalCap: BURST.messages, strict: true }).add(work),
    edit: (channelId, work) => laneOf(edits, channelId, {}).add(work),
  }
}

function laneOf(
  lanes: Map<string, PQueue>,
  channelId: string,
  pace: { interval?: number; intervalCap?: number; strict?: boolean },
): PQueue {
  const lane = lanes.get(channelId) ?? new PQueue({ concurrency: 1, ...pace })
  lanes.set(channelId, lane)
  return lane
}
