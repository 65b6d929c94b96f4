// How this server says no: one JSON shape for every refused or failed request.
// It must not repeat what a request carried: questions travel in bodies and queries.

import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export type Refusal = { readonly error: { readonly code: string; readonly message: string } }

/** Answers `status` with `{error: {code, message}}`. The message follows `Cannot <action>: <what is>, <what is needed>`. */
export const refuse = (
  context: Context,
  status: ContentfulStatusCode,
  code: string,
  message: string,
) => context.json<Refusal>({ error: { code, message } }, status, { 'Cache-Control': 'no-store' })
