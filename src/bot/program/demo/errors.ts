/** The command line is wrong; `message` is one line. */
export class UsageError extends Error {}

/** Something in the demo did not go as it must; `message` says in one line what and why. */
export class DemoFailed extends Error {}
