import { applicationRoutes } from './application.ts'
import { channelRoutes } from './channels.ts'
import { interactionRoutes } from './interactions.ts'
import { messageRoutes } from './messages.ts'
import type { Route } from './route.ts'
import { threadRoutes } from './threads.ts'
import { webhookRoutes } from './webhooks.ts'

/** All that the loopback Discord serves of the API. */
export const ROUTES: readonly Route[] = [
  ...applicationRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...threadRoutes,
  ...interactionRoutes,
  ...webhookRoutes,
]
