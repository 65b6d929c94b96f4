// Serving the page's own files: compressed where the browser can, revalidated by tag.
// It must not know of conversations or messages.

import type { Context } from 'hono'
import type { PageFile } from './page-files.ts'

/** One file, or 304 when the browser holds it already. Revalidated at every visit: the files change with the program. */
export function servePageFile(context: Context, file: PageFile): Response {
  const tag = `W/"${file.tag}"`
  context.header('Cache-Control', 'private, no-cache')
  context.header('ETag', tag)
  context.header('Vary', 'Accept-Encoding')
  if (context.req.header('if-none-match')?.includes(tag) === true) return context.body(null, 304)
  context.header('Content-Type', file.type)
  if (!/\bgzip\b/.test(context.req.header('accept-encoding') ?? '')) return context.body(file.plain)
  context.header('Content-Encoding', 'gzip')
  return context.body(file.gzip)
}
