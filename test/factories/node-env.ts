/**
 * The environment for a program that a test starts with its own settings: what Node needs, and the location of its compile cache.
 */
export function nodeEnv(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE, NODE_OPTIONS } = process.env
  return { PATH, NODE_COMPILE_CACHE, NODE_OPTIONS }
}
