// The web adapter's stream of events over the wire: signs of life, pushed replies and their receipts, bounds.

import { afterEach, describe, expect, test, vi } from 'vitest'
import { toConversation } from '../../../adapters/web/conversation.ts'
import { PageClient } from './page-client.ts'
import { createTextReply, startStand, type Stand, type StandOptions } from './stand.ts'

const stands: Stand[] = []
async function open(options: StandOptions = {}) {
  const stand = await startStand(options)
  stands.push(stand)
  return { stand, page: new PageClient(stand.url) }
}
afterEach(() => Promise.all(stands.splice(0).map((stand) => stand.stop())))

const send = (stand: Stand, page: PageClient, key: string, text = 'pushed') =>
  stand.adapter.send(toConversation(page.cookie?.split('=')[1] ?? ''), createTextReply(text), {
    deliveryKey: key,
    signal: new AbortController().signal,
  })

describe('events', () => {
  test('an open page gets a sign of life at once and then again', async () => {
    const { page } = await open({ bounds: { beatMs: 20 } })
    expect((await page.openEvents()).headers.get('content-type')).toContain('text/event-stream')
    await vi.waitFor(() => {
      expect(page.events.filter((event) => event.name === 'alive').length).toBeGreaterThan(2)
    })
  })

  test('every attempt at one delivery has the same id in the page', async () => {
    const { page, stand } = await open()
    await page.openEvents()
    const receipt = await send(stand, page, 'delivery-7')
    await send(stand, page, 'delivery-7')
    await send(stand, page, 'delivery-8')
    const ids = page.pushed().map(({ id }) => id)
    expect(receipt).toEqual({ kind: 'sent', messageId: ids[0] })
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  test('another conversation cannot confirm', async () => {
    const { page, stand } = await open({ bounds: { confirmMsMax: 100 } })
    await page.openEvents()
    page.confirms = false
    const sent = send(stand, page, 'delivery-7')
    await vi.waitFor(() => {
      expect(page.pushed()).toHaveLength(1)
    })
    const other = new PageClient(stand.url)
    const id = page.pushed()[0]?.id
    expect((await other.postRaw('/api/receipts', JSON.stringify({ id }))).status).toBe(204)
    expect(await sent).toMatchObject({ kind: 'uncertain' })
  })

  test('an abort while the page is silent leaves the send uncertain', async () => {
    const { page, stand } = await open()
    await page.openEvents()
    page.confirms = false
    const controller = new AbortController()
    const to = toConversation(page.cookie?.split('=')[1] ?? '')
    const options = { deliveryKey: 'd', signal: controller.signal }
    const sent = stand.adapter.send(to, createTextReply('x'), options)
    controller.abort()
    expect(await sent).toMatchObject({ kind: 'uncertain' })
  })

  test('the oldest of too many pages gives way', async () => {
    const { page, stand } = await open({ bounds: { streamsPerConversationMax: 1 } })
    await page.openEvents()
    const newer = new PageClient(stand.url)
    newer.cookie = page.cookie
    await newer.openEvents()
    await vi.waitFor(() => {
      expect(page.events.map((event) => event.name)).toEqual(['alive', 'replaced', 'end'])
    })
    expect(await send(stand, newer, 'd')).toMatchObject({ kind: 'sent' })
    expect(newer.pushed()).toHaveLength(1)
  })

  test('there is an upper bound on open pages', async () => {
    const { page, stand } = await open({ bounds: { streamsMax: 1 } })
    await page.openEvents()
    const response = await new PageClient(stand.url).openEvents()
    expect(response.status).toBe(503)
  })
})
