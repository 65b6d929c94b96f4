// Routes for tests of the server.

import { Hono } from 'hono'

export function createRoutes(add: (routes: Hono) => void): Hono {
  const routes = new Hono()
  add(routes)
  return routes
}
