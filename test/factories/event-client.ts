import { setTimeout } from 'node:timers/promises'

interface ReceivedEvent {
  id: string
  name: string
  data: unknown
}

/** A client that follows events, like a browser's EventSource. */
export interface EventClient {
  status: number
  headers: Headers
  /** All events received so far, in order. */
  events: ReceivedEvent[]
  comments: string[]
  /** Waits for an event that has already arrived or is still to come; each event is returned once. */
  next(name: string): Promise<ReceivedEvent>
  /** Resolves when the server ends the stream. */
  ended: Promise<void>
  close(): void
}

/** Milliseconds to wait for an event; the machine may be busy. */
const PATIENCE = 20_000

export async function follow(url: string, headers: Record<string, string>): Promise<EventClient> {
  const controller = new AbortController()
  const answer = await fetch(url, { headers, signal: controller.signal })
  const events: ReceivedEvent[] = []
  const comments: string[] = []
  const found = new Set<ReceivedEvent>()
  const read = async () => {
    const decoder = new TextDecoder()
    let text = ''
    for await (const bytes of answer.body ?? []) {
      text += decoder.decode(bytes, { stream: true })
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const fields = new Map(
          part.split('\n').map((line) => [line.split(': ')[0], line.replace(/^\w*: /, '')]),
        )
        const [id = '', name, data] = ['id', 'event', 'data'].map((field) => fields.get(field))
        if (part.startsWith(':')) comments.push(part)
        if (name !== undefined) events.push({ id, name, data: JSON.parse(data ?? 'null') })
      }
    }
  }
  return {
    status: answer.status,
    headers: answer.headers,
    ...{ events, comments },
    ended: read().catch(() => undefined),
    close: () => controller.abort(),
    async next(name) {
      const end = Date.now() + PATIENCE
      for (;;) {
        const event = events.find((each) => each.name === name && !found.has(each))
        if (event) {
          found.add(event)
          return event
        }
        if (Date.now() > end)
          throw new Error(`No ${name} came; there were ${JSON.stringify(events.map((each) => each.name))}.`)
        await setTimeout(5)
      }
    },
  }
}
