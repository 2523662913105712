/** A person on a surface. */
export interface Actor {
  id: string
  name: string
}

/** Where a draft lives. `workspace` includes its surface (`discord:123`), so two platforms never share one. */
export interface Place {
  surface: string
  workspace: string
  channelId: string
  threadId: string | null
}
