/** Small building blocks for tests of what Slack refuses. */
export const text = (length: number, type = 'plain_text') => ({ type, text: 'x'.repeat(length) })

export const list = <T>(length: number, make: (index: number) => T) =>
  Array.from({ length }, (_, index) => make(index))

export const modal = (fields: object = {}) => ({
  type: 'modal',
  title: text(5),
  submit: text(4),
  blocks: [],
  ...fields,
})

/** Slack's full answer to a call that it refuses. Throws if the call is accepted. */
export async function refusal(
  call: () => Promise<unknown>,
): Promise<Record<string, unknown> & { error: string }> {
  try {
    await call()
  } catch (error) {
    if (error instanceof Error && 'data' in error) return { error: '', ...Object(error.data) }
    throw error
  }
  throw new Error('Slack accepted it.')
}
