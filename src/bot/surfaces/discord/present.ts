import { type APIMessage, type REST, Routes } from 'discord.js'
import { DISCORD_LIMITS } from './limits.ts'

/**
 * Which of these messages a channel still has. Reads the history page by page, starting at the newest of them, and skips
 * stretches without any of them, so that a busy channel takes few requests.
 */
export async function presentIn(rest: REST, channelId: string, messageIds: string[]): Promise<Set<string>> {
  const present = new Set<string>()
  let open = [...new Set(messageIds)].map(BigInt).sort((a, b) => (a < b ? 1 : -1))
  for (;;) {
    const newest = open[0]
    if (newest === undefined) return present
    const query = new URLSearchParams({ limit: String(DISCORD_LIMITS.page), before: String(newest + 1n) })
    const page = (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[]
    const ids = page.map(({ id }) => BigInt(id))
    for (const id of ids) if (open.includes(id)) present.add(String(id))
    // Newest first. A page that isn't full reaches back to the beginning.
    const oldest = page.length < DISCORD_LIMITS.page ? 0n : (ids.at(-1) ?? 0n)
    open = open.filter((id) => id < oldest)
  }
}
