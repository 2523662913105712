/** The workspaces that the bot works for, as in ALLOWED_WORKSPACES; null for all. `discord:dm` stands for all direct messages. */
export type ServedWorkspaces = readonly string[] | null

/** Whether anything is done for a workspace: it, or what it is a part of (`discord:dm` of `discord:dm:123`), is listed. */
export function isServed(served: ServedWorkspaces, workspace: string): boolean {
  return served === null || served.some((each) => workspace === each || workspace.startsWith(`${each}:`))
}
