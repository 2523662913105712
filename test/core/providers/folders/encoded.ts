/** A text in a legacy encoding, found by decoding all bytes and byte pairs. */
export function encoded(text: string, encoding: string): Buffer {
  const table = tables.get(encoding) ?? tableOf(encoding)
  tables.set(encoding, table)
  return Buffer.concat(
    [...text].map((letter) => {
      const bytes = table.get(letter)
      if (!bytes) throw new Error(`${encoding} has no ${letter}`)
      return bytes
    }),
  )
}

const tables = new Map<string, Map<string, Buffer>>()

function tableOf(encoding: string): Map<string, Buffer> {
  const table = new Map<string, Buffer>()
  const decoder = new TextDecoder(encoding)
  const add = (...bytes: number[]) => {
    const letters = [...decoder.decode(Uint8Array.from(bytes))]
    const [letter] = letters
    if (letters.length === 1 && letter && letter !== '\ufffd' && !table.has(letter))
      table.set(letter, Buffer.from(bytes))
  }
  for (let byte = 0; byte < 256; byte++) add(byte)
  if (!/windows|koi8/.test(encoding))
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail)
  return table
}
