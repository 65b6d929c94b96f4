// The page's files over the wire: compressed, kept by browsers, light, and nothing else from their folder.

import { afterEach, describe, expect, test } from 'vitest'
import { PageClient } from './page-client.ts'
import { startStand, type Stand, type StandOptions } from './stand.ts'

const stands: Stand[] = []
async function open(options: StandOptions = {}) {
  const stand = await startStand(options)
  stands.push(stand)
  return { stand, page: new PageClient(stand.url) }
}
afterEach(() => Promise.all(stands.splice(0).map((stand) => stand.stop())))

describe('page files', () => {
  const paths = ['/', '/page/page.css', '/page/page.js', '/page/icon.svg']

  test.each(paths)('%s is compressed, and not sent again while it is the same', async (path) => {
    const { page } = await open()
    const first = await page.request(path)
    expect(first.headers.get('content-encoding')).toBe('gzip')
    const tag = first.headers.get('etag') ?? ''
    const plain = await page.request(path, { headers: { 'Accept-Encoding': 'identity' } })
    expect(await plain.text()).toBe(await first.text())
    expect(plain.headers.get('content-encoding')).toBeNull()
    const again = await page.request(path, { headers: { 'If-None-Match': tag } })
    expect(again.status).toBe(304)
    expect(again.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test.each(['/page/tsconfig.json', '/page/../adapter.ts', '/page/%2e%2e/config.ts', '/page/'])(
    '%s is not served',
    async (path) => {
      const { page } = await open()
      expect((await page.request(path)).status).toBe(404)
    },
  )

  test('the page weighs less than 40 KB in all on its way', async () => {
    const { page } = await open()
    const html = await (await page.request('/')).text()
    const linked = [...html.matchAll(/(?:href|src)="(page\/[^"]+)"/g)].map((match) => match[1])
    const paths = ['', ...new Set(linked)]
    const answers = await Promise.all(paths.map((path) => page.request(`/${path ?? ''}`)))
    const lengths = answers.map(({ headers }) => Number(headers.get('content-length')))
    expect(Math.min(...lengths)).toBeGreaterThan(200)
    const bytes = lengths.reduce((sum, length) => sum + length, 0)
    expect(paths.length).toBeGreaterThan(16)
    expect(bytes).toBeLessThan(40_000)
  })
})
