import type { IncomingMessage } from 'node:http'
import { refuse } from './refusal.ts'
import type { UploadedFile } from './types.ts'

export interface ParsedBody {
  body: unknown
  uploads: UploadedFile[]
}

/** Reads the whole request, however large: oversized ones are refused later, when the guild is known. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** JSON, or `multipart/form-data` with `payload_json` and `files[n]`. */
export async function parseBody(contentType: string, bytes: Buffer): Promise<ParsedBody> {
  if (contentType.startsWith('multipart/form-data')) return parseForm(contentType, bytes)
  if (bytes.length === 0) return { body: undefined, uploads: [] }
  return { body: parseJson(bytes.toString('utf8')), uploads: [] }
}

async function parseForm(contentType: string, bytes: Buffer): Promise<ParsedBody> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw refuse.invalidJson()
    })
  const uploads: UploadedFile[] = []
  let body: unknown = {}
  for (const [name, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1]
    if (index !== undefined && typeof value !== 'string') {
      uploads.push({
        index,
        filename: value.name,
        type: value.type,
        bytes: Buffer.from(await value.arrayBuffer()),
      })
    } else if (name === 'payload_json' && typeof value === 'string') {
      body = parseJson(value)
    }
  }
  return { body, uploads }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refuse.invalidJson()
  }
}
