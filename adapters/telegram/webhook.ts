// Updates that Telegram brings by itself: for several processes behind one address. It must not listen by itself: the
// HTTP server takes the routes. Telegram brings again whatever is not answered with 2xx.

import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import type { Update } from 'grammy/types'
import type { WebhookConfig } from './config.ts'

/** Digests are of one length, so that comparing them tells nothing. */
const digest = (text: string) => createHash('sha256').update(text).digest()

/** @param take false when there is no room or no assistant yet: the update comes again */
export function createWebhookRoutes(
  webhook: WebhookConfig | null,
  take: (update: Update) => boolean,
): Hono {
  const routes = new Hono()
  if (webhook === null) return routes
  const expected = digest(webhook.secret)
  routes.post(new URL(webhook.url).pathname, async (context) => {
    const given = context.req.header('x-telegram-bot-api-secret-token') ?? ''
    if (!timingSafeEqual(digest(given), expected)) return context.body(null, 401)
    const update: unknown = await context.req.json().catch(() => null)
    // What is no update never becomes one, and is not to come again.
    return context.body(null, !isUpdate(update) || take(update) ? 200 : 503)
  })
  return routes
}

/** The secret vouches for the rest. */
const isUpdate = (value: unknown): value is Update =>
  typeof value === 'object' && value !== null && 'update_id' in value
