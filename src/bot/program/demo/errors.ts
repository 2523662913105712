/** The command line is invalid; `message` is one line. */
export class UsageError extends Error {}

/** A step of the demo failed; `message` says which and why, in one line. */
export class DemoFailed extends Error {}
