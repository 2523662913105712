/** For what a test waits for: a second, which it is without this, is not much on a busy machine. */
export const PATIENCE = { timeout: 30_000 }
