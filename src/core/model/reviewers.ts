/** A Discord role or a Slack user group. */
export interface Role {
  id: string
  name: string
}

/**
 * A platform's current roles and their members. Implemented once per surface.
 * @throws Error from each method if that can't be known: the platform doesn't respond, or a permission is missing.
 */
export interface Reviewers {
  /** @param workspace as stored with drafts, e.g. `discord:123`. @returns null if there are no roles, as in direct messages. */
  roles(workspace: string): Promise<Role[] | null>
  /** The given people who have the role. A deleted role has no members, or throws. */
  among(workspace: string, roleId: string, people: readonly string[]): Promise<ReadonlySet<string>>
}
