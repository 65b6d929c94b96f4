// Calendars to subscribe to: one address a jurisdiction, kept cheap for calendar servers that ask every hour.
// It must not know what stands in a calendar: `readFeed` gives it.

import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { refuse } from './refusal.ts'

/** The calendar of a jurisdiction in a language or the nearest there is; null for an unknown jurisdiction. */
export type ReadFeed = (
  jurisdictionId: string,
  language: string,
) => { readonly content: string } | null

const languageDefault = 'en'
const languageLengthMax = 35
const maxAgeSeconds = 60 * 60

/** GET /calendar/kenya.ics, in another language with `?lang=es`. */
export function createCalendarFeed(readFeed: ReadFeed): Hono {
  const routes = new Hono()
  routes.get('/calendar/:file{[a-z0-9-]{1,64}\\.ics}', etag(), (context) => {
    const file = context.req.param('file')
    const feed = readFeed(file.slice(0, -'.ics'.length), readLanguage(context.req.query('lang')))
    if (feed === null) {
      const message =
        'Cannot find this calendar: the jurisdiction is unknown, a name such as "kenya.ics" is needed'
      return refuse(context, 404, 'unknown-calendar', message)
    }
    context.header('Cache-Control', `public, max-age=${maxAgeSeconds}`)
    context.header('Content-Type', 'text/calendar; charset=utf-8')
    context.header('Content-Disposition', `inline; filename="${file}"`)
    return context.body(feed.content)
  })
  return routes
}

/** A canonical BCP 47 tag; nonsense counts as none. */
function readLanguage(tag: string | undefined): string {
  if (tag === undefined || tag.length > languageLengthMax) return languageDefault
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? languageDefault
  } catch {
    return languageDefault
  }
}
