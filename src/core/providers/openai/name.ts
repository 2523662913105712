/** The name under which its errors, usage and prices appear; apart, since its client is loaded only where it is set up. */
export const OPENAI = 'openai'
