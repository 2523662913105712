import { randomBytes } from 'node:crypto'

export const CLIENT = { id: 'device-client.apps.example', secret: 'GOCSPX-device-secret' } as const
/** A client of the type “Desktop app”; the other one is of the type “TVs and Limited Input devices”. */
export const DESKTOP = { id: 'desktop-client.apps.example', secret: 'GOCSPX-desktop-secret' } as const

export const SCOPES = {
  manage: 'https://www.googleapis.com/auth/youtube',
  upload: 'https://www.googleapis.com/auth/youtube.upload',
  forceSsl: 'https://www.googleapis.com/auth/youtube.force-ssl',
} as const

export interface Token {
  value: string
  type: 'access' | 'refresh'
  /** The consent it belongs to; revoking one of its tokens ends all of them. */
  grant: number
  client: string
  scopes: string[]
  /** In milliseconds; infinite for refresh tokens. */
  endsAt: number
}

export interface Device {
  deviceCode: string
  userCode: string
  client: string
  scopes: string[]
  /** In seconds. */
  interval: number
  endsAt: number
  askedAt: number
  state: 'waiting' | 'allowed' | 'denied' | 'used'
}

export interface Consented {
  client: string
  redirect: string
  challenge: string
  scopes: string[]
}

export interface Video {
  id: string
  bytes: Buffer
  snippet: Record<string, unknown>
  status: Record<string, unknown>
  thumbnail: Buffer | null
  captions: { language: string; name: string; text: string }[]
}

export interface Session {
  metadata: { snippet: Record<string, unknown>; status: Record<string, unknown> }
  total: number
  received: Buffer
  video: Video | null
}

/** The whole state of the stand-in; tests change it. */
export class World {
  now: () => number = () => Date.now()
  /** Polling interval of new device codes. */
  interval = 5
  codeSeconds = 1800
  tokenSeconds = 3599
  channel: { id: string; title: string } | null = { id: 'UC_bees', title: 'Bee TV' }
  /** Units left today: https://developers.google.com/youtube/v3/determine_quota_cost */
  quota = 10_000
  /** The error that uploads are refused with; `reason` is Google's name for it. */
  refusal: { status: number; reason: string; message: string } | null = null
  /** How many bytes of the next chunk are kept before the connection breaks; null for all. */
  keepsOnly: number | null = null
  /** Whether the project was audited; without an audit, uploads stay private. */
  isAudited = true

  readonly devices: Device[] = []
  readonly consents = new Map<string, Consented>()
  readonly tokens = new Map<string, Token>()
  readonly revoked = new Set<number>()
  readonly sessions = new Map<string, Session>()
  readonly videos: Video[] = []
  #grants = 0

  /** A person enters the code on Google's page. */
  answer(userCode: string, state: 'allowed' | 'denied'): void {
    const device = this.devices.find((each) => each.userCode === userCode && each.endsAt > this.now())
    if (!device) throw new Error(`there is no code ${userCode}`)
    device.state = state
  }

  newGrant(): number {
    this.#grants += 1
    return this.#grants
  }

  token(fields: Omit<Token, 'value' | 'endsAt'>): Token {
    const prefix = fields.type === 'access' ? 'ya29.' : '1//0'
    const value = `${prefix}${randomBytes(24).toString('base64url')}`
    const endsAt = fields.type === 'access' ? this.now() + this.tokenSeconds * 1000 : Infinity
    const token = { ...fields, value, endsAt }
    this.tokens.set(value, token)
    return token
  }

  /** Null if the value is not an access token, or one that has expired or was revoked. */
  access(value: string): Token | null {
    const token = this.tokens.get(value)
    if (token?.type !== 'access' || token.endsAt <= this.now() || this.revoked.has(token.grant)) return null
    return token
  }

  /** Every secret that was ever issued. */
  secrets(): string[] {
    return [
      ...[CLIENT.secret, DESKTOP.secret],
      ...this.tokens.keys(),
      ...this.devices.map(({ deviceCode }) => deviceCode),
      ...this.sessions.keys(),
    ]
  }
}
