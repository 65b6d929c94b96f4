// The web adapter over the wire: conversations, messages, suggestions, and their bounds.

import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Reply } from '../../../src/chat/reply.ts'
import { sendRaw } from '../../http/raw-request.ts'
import { PageClient } from './page-client.ts'
import { createTextReply, startStand, type Stand, type StandOptions } from './stand.ts'

const stands: Stand[] = []
async function open(options: StandOptions = {}) {
  const stand = await startStand(options)
  stands.push(stand)
  return { stand, page: new PageClient(stand.url) }
}
afterEach(() => Promise.all(stands.splice(0).map((stand) => stand.stop())))

describe('conversations', () => {
  test('the first visit gives a cookie that scripts and other sites cannot use', async () => {
    const { page } = await open()
    const response = await page.request('/')
    const given = response.headers.get('set-cookie')
    expect(given).toMatch(
      /^conversation=[\w-]{22}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    // The next visit makes the same last longer; the page's own requests leave it alone.
    expect((await page.request('/')).headers.get('set-cookie')).toBe(given)
    expect((await page.request('/api/suggestions?q=a')).headers.get('set-cookie')).toBeNull()
  })

  test('one browser is one conversation, and its id does not give the cookie away', async () => {
    const { stand, page } = await open()
    const other = new PageClient(stand.url)
    await page.ask('a', '1')
    await page.ask('b', '2')
    await other.ask('c', '1')
    const [first, second, third] = stand.received
    expect(first?.conversation).toBe(second?.conversation)
    expect(third?.conversation).not.toBe(first?.conversation)
    expect(first?.author).toBe(first?.conversation)
    expect(third?.eventKey).not.toBe(first?.eventKey)
    expect(JSON.stringify(stand.received)).not.toContain(page.cookie?.split('=')[1])
  })

  test('a visit by a link from elsewhere does not replace the conversation that is there', async () => {
    const { stand } = await open()
    const headers = {
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
    }
    const { status, headers: answered } = await sendRaw(stand.url, { headers })
    expect(status).toBe(200)
    expect(answered['set-cookie']).toBeUndefined()
  })

  test('a forged cookie is replaced', async () => {
    const { page } = await open()
    page.cookie = 'conversation=../../etc'
    await page.request('/')
    expect(page.cookie).toMatch(/^conversation=[\w-]{22}$/)
  })
})

describe('messages', () => {
  test('a question gives a reply, a silence gives null', async () => {
    const { page } = await open({
      receive: (message) =>
        Promise.resolve(message.kind === 'question' ? createTextReply('yes') : null),
    })
    const answer = await page.ask('x', '1')
    expect(answer.body).toEqual({
      reply: { language: 'en', blocks: [{ kind: 'text', text: 'yes' }] },
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect((await page.post({ kind: 'choice', id: 'a', key: '2' })).body).toEqual({ reply: null })
  })

  test.each([
    ['a megabyte', 'x'.repeat(1_000_000), 413],
    ['a text beyond the limit', 'x'.repeat(3_000), 400],
  ])('%s is refused in JSON, and the next question is answered', async (_name, text, status) => {
    const { page, stand } = await open()
    expect(await page.ask(text, '1')).toMatchObject({
      status,
      body: { error: { message: expect.stringContaining('at most') as string } },
    })
    expect((await page.ask('x', '2')).status).toBe(200)
    expect(stand.received).toHaveLength(1)
  })

  test('broken UTF-8 is refused in JSON', async () => {
    const { page } = await open()
    const answer = await page.postRaw('/api/messages', new Uint8Array([0x7b, 0xff]))
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'malformed' } } })
  })

  test('what hangs is answered within the bound, and others are served meanwhile', async () => {
    const { page, stand } = await open({
      receive: (message) =>
        message.kind === 'question'
          ? new Promise<never>(() => undefined)
          : Promise.resolve(createTextReply('quick')),
      bounds: { replyMsMax: 200 },
    })
    const hanging = page.ask('x', '1')
    const other = await new PageClient(stand.url).post({ kind: 'choice', id: 'a', key: '1' })
    expect(other.status).toBe(200)
    expect(await hanging).toMatchObject({ status: 504, body: { error: { code: 'late' } } })
  })

  test('a repeat gets the answer that was lost, though the assistant answers an event once', async () => {
    const gate = Promise.withResolvers<undefined>()
    const handled = new Set<string>()
    const { page, stand } = await open({
      receive: async (message) => {
        if (handled.has(message.eventKey)) return null
        handled.add(message.eventKey)
        await gate.promise
        return createTextReply('the only answer')
      },
    })
    await page.request('/')
    const lost = new AbortController()
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
    const body = JSON.stringify({ kind: 'question', text: 'x', key: '1' })
    const first = page.request('/api/messages', { ...init, body, signal: lost.signal })
    await vi.waitFor(() => {
      expect(stand.received).toHaveLength(1)
    })
    lost.abort()
    await expect(first).rejects.toThrow('aborted')
    const early = page.ask('x', '1')
    gate.resolve(undefined)
    const expected = { reply: { blocks: [{ text: 'the only answer' }] } }
    expect((await early).body).toMatchObject(expected)
    expect((await page.ask('x', '1')).body).toMatchObject(expected)
    expect((await page.ask('x', '2')).body).toMatchObject(expected)
    expect(stand.received).toHaveLength(4)
  })

  test('one conversation cannot fill the assistant', async () => {
    const gate = Promise.withResolvers<null>()
    const { page, stand } = await open({
      receive: () => gate.promise,
      bounds: { messagesAtOncePerConversationMax: 1 },
    })
    await page.request('/')
    const first = page.ask('x', '1')
    await vi.waitFor(() => {
      expect(stand.received).toHaveLength(1)
    })
    expect(await page.ask('y', '2')).toMatchObject({
      status: 429,
      body: { error: { code: 'too-many-at-once' } },
    })
    gate.resolve(null)
    expect((await first).status).toBe(200)
  })

  test('after stop the page is told to come back', async () => {
    const { page, stand } = await open()
    await stand.adapter.stop()
    const answer = await page.ask('x', '1')
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'stopping' } } })
    expect(answer.headers.get('retry-after')).toBe('2')
    expect((await page.request('/api/events')).status).toBe(503)
  })

  test('no text of a question is logged', async () => {
    const { page, stand } = await open({
      receive: () => Promise.reject<Reply>(new Error('about the secret question')),
    })
    expect((await page.ask('a secret question', '1')).status).toBe(500)
    await page.request('/api/suggestions?q=secret')
    expect(stand.logLines.join('\n')).toContain('Request failed')
    expect(stand.logLines.join('\n')).not.toContain('secret')
  })
})

describe('suggestions', () => {
  test('the prefix, bounded, and the language are handed on', async () => {
    const suggest = vi.fn((prefix: string) => [{ id: 'a', label: prefix.slice(0, 3) }])
    const { page } = await open({ suggest })
    const response = await page.request('/api/suggestions?q=transp&lang=pt-br')
    expect(await response.json()).toEqual({ choices: [{ id: 'a', label: 'tra' }] })
    expect(suggest).toHaveBeenCalledWith('transp', 'pt-BR', 6)
    await page.request(`/api/suggestions?q=${'x'.repeat(5_000)}`)
    expect(suggest.mock.lastCall?.[0]).toHaveLength(200)
  })
})
