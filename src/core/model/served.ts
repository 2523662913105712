/** The workspaces that the bot serves, as in ALLOWED_WORKSPACES; null for all. `discord:dm` means all direct messages. */
export type ServedWorkspaces = readonly string[] | null

/** Whether a workspace is served: it or its parent (`discord:dm` for `discord:dm:123`) is listed. */
export function isServed(served: ServedWorkspaces, workspace: string): boolean {
  return served === null || served.some((each) => workspace === each || workspace.startsWith(`${each}:`))
}
