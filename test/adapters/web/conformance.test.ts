// The web adapter held to the suite of every adapter, over the wire.

import { expect, vi } from 'vitest'
import { createWebAdapter } from '../../../adapters/web/adapter.ts'
import { toConversation } from '../../../adapters/web/conversation.ts'
import type { MessageAnswer } from '../../../adapters/web/wire.ts'
import { startHttpServer } from '../../../src/http/server.ts'
import { describeChatAdapter } from '../../conformance/chat-adapter.ts'
import type { Place, Rig } from '../../conformance/chat-adapter-rig.ts'
import { PageClient, readText } from './page-client.ts'
import { createLog, createTextReply } from './stand.ts'

type WebRig = Rig & { readonly pages: Record<Place, PageClient> }

const readSecret = (page: PageClient) => page.cookie?.split('=')[1] ?? ''

async function openRig(): Promise<WebRig> {
  const logLines: string[] = []
  const config = { host: '127.0.0.1', port: 0, allowedHosts: [], trustedProxies: 0 }
  const now = () => Temporal.Instant.from('2026-01-02T03:04:05Z')
  const bounds = { replyMsMax: 300, confirmMsMax: 300 }
  const adapter = createWebAdapter(config, { now, bounds })
  const server = await startHttpServer({
    ...config,
    routes: [adapter.routes],
    log: createLog(logLines),
  })
  const pages = { first: new PageClient(server.url), second: new PageClient(server.url) }
  const answers: Record<Place, string[]> = { first: [], second: [] }
  const secrets: string[] = []
  /** A page opens its stream before its first message. */
  const visit = async (place: Place) => {
    const page = pages[place]
    if (page.cookie !== undefined) return
    await page.openEvents()
    secrets.push(readSecret(page))
  }
  return {
    adapter,
    pages,
    logLines,
    secrets,
    async deliver({ id, place, text }) {
      await visit(place)
      const { status, body } = await pages[place].ask(text, id)
      const reply = status === 200 ? (body as MessageAnswer).reply : null
      if (reply !== null) answers[place].push(readText(reply))
    },
    readPosted: (place) => [
      ...answers[place],
      ...pages[place].pushed().map(({ reply }) => readText(reply)),
    ],
    async settle() {
      await pages.first.settle()
      await pages.second.settle()
    },
    async close() {
      await adapter.stop()
      await server.stop()
    },
  }
}

describeChatAdapter('web', {
  open: openRig,
  ignored: [
    {
      name: 'a message from a page of another site',
      async deliver({ pages }) {
        const headers = { Origin: 'https://evil.example' }
        await pages.first.post({ kind: 'question', text: 'x', key: 'x' }, headers)
      },
    },
    {
      name: 'a message of an unknown kind',
      async deliver({ pages }) {
        await pages.first.postRaw('/api/messages', '{"key":"x","kind":"shout","text":"x"}')
      },
    },
  ],
  failures: [
    {
      name: 'no page is open',
      async inject({ pages, adapter }, place) {
        const conversation = toConversation(readSecret(pages[place]))
        const reply = createTextReply('is anybody there?')
        pages[place].closeEvents()
        // The server learns a moment later that the page is gone.
        await vi.waitFor(async () => {
          const options = { deliveryKey: 'probe', signal: new AbortController().signal }
          const { kind } = await adapter.send(conversation, reply, options)
          expect(kind).toBe('deferred')
        })
      },
      expected: { kind: 'deferred', scope: 'conversation' },
    },
    {
      name: 'the page is open and does not confirm',
      inject({ pages }, place) {
        pages[place].confirms = false
      },
      expected: { kind: 'uncertain' },
    },
    {
      name: 'the adapter has stopped',
      inject: ({ adapter }) => adapter.stop(),
      expected: { kind: 'deferred' },
    },
  ],
})
