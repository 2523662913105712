/**
 * The name used in its errors, usage and prices; in its own file, since the client is loaded only where it is configured.
 */
export const OPENAI = 'openai'
