import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Encrypts stored secrets, such as access to a channel, so that the database alone doesn't reveal them. */
export interface Sealer {
  /** @param about what the secret belongs to: sealed for one thing, it can't be opened for another. */
  seal(secret: string, about: string): string
  /** @returns null if it was sealed with another key or for something else, or is damaged. */
  open(sealed: string, about: string): string | null
}

/** Key length in bytes. */
export const KEY_BYTES = 32
/** In bytes; NIST SP 800-38D, 8.2: 96 bits, random for each text. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const ALGORITHM = 'aes-256-gcm'
const VERSION = 'v1'

/**
 * AES-256-GCM. The key is requested on first use, which may throw.
 * @param key returns 32 bytes.
 */
export function createSealer(key: () => Buffer): Sealer {
  return {
    seal(secret, about) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, key(), nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(about))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      const parts = [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))
      return [VERSION, nameOf(key()), ...parts].join('.')
    },
    open(sealed, about) {
      const [version, name, ...parts] = sealed.split('.')
      const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'))
      if (version !== VERSION || name !== nameOf(key()) || !nonce || !tag || !text) return null
      try {
        const decipher = createDecipheriv(ALGORITHM, key(), nonce, { authTagLength: TAG_BYTES })
        decipher.setAAD(Buffer.from(about))
        decipher.setAuthTag(tag)
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}

/** Identifies a key without revealing anything about it. */
function nameOf(key: Buffer): string {
  return createHash('sha256').update('rushes key').update(key).digest('hex').slice(0, 8)
}
