import { describe, expect, test } from 'vitest'
import { createReceive } from '../../src/assistant/assistant.ts'
import {
  toAuthorId,
  toConversationId,
  toEventKey,
  type InboundContent,
} from '../../src/chat/message.ts'
import { toPlainText } from '../../src/chat/plain-text.ts'
import type { Choice, Reply } from '../../src/chat/reply.ts'
import { silentLog, type Log } from '../../src/log.ts'
import { systemClock } from '../../src/clock.ts'
import { openMemoryStore } from '../../src/store/open-store.ts'
import { brain } from './fixture.ts'

let events = 0
const sharedStore = await openMemoryStore(systemClock)

function createConversation(name: string, log: Log = silentLog, store = sharedStore) {
  const receive = createReceive({
    brain: () => brain,
    store,
    log,
    language: 'en',
    clock: systemClock,
  })
  return (content: InboundContent, key = `event-${(events++).toString()}`) =>
    receive({
      platform: 'terminal',
      eventKey: toEventKey(key),
      conversation: toConversationId(name),
      author: toAuthorId(name),
      audience: 'private',
      mayAdminister: true,
      sentAt: Temporal.Instant.from('2026-11-23T09:00:00Z'),
      ...content,
    })
}

const choicesOf = (reply: Reply | null, role: string): readonly Choice[] =>
  (reply?.blocks ?? []).flatMap((block) =>
    block.kind === 'choices' && block.role === role ? block.choices : [],
  )

const textOf = (reply: Reply | null) => (reply === null ? '' : toPlainText(reply))

describe('the assistant', () => {
  test('answers with the passage, its source, edition, section, review date and address', async () => {
    const say = createConversation('a')
    const text = textOf(await say({ kind: 'question', text: 'what is public accountability' }))
    const entry = brain.entry('public-accountability', 'en')
    expect(text).toContain(entry?.passages[0].text)
    expect(text).toMatch(
      /OGP National Handbook 2025.*\(2025\), section 1\.1\. Reviewed \d+ \w+ 2026\. https:/,
    )
  })

  test('handles an event once', async () => {
    const say = createConversation('b')
    expect(await say({ kind: 'question', text: 'what is the IRM' }, 'same')).not.toBeNull()
    expect(await say({ kind: 'question', text: 'what is the IRM' }, 'same')).toBeNull()
  })

  test('keeps conversations apart', async () => {
    const store = await openMemoryStore(systemClock)
    const ours = createConversation('ours', silentLog, store)
    const theirs = createConversation('theirs', silentLog, store)
    await ours({ kind: 'question', text: 'what is transparency' })
    await theirs({ kind: 'question', text: 'what is citizen participation' })
    expect(textOf(await ours({ kind: 'question', text: 'and examples?' }))).toContain(
      'Transparency (Examples)',
    )
  })

  test('shows another facet of the entry when it is chosen', async () => {
    const say = createConversation('c')
    const reply = await say({ kind: 'question', text: 'what is transparency' })
    const examples = choicesOf(reply, 'facets').find(({ label }) => label === 'Examples')
    const shown = await say({ kind: 'choice', id: examples?.id ?? '' })
    expect(textOf(shown)).toContain('Transparency (Examples)')
  })

  test('every choice of every reply leads somewhere', async () => {
    const say = createConversation('d')
    const reply = await say({ kind: 'question', text: 'what is transparency' })
    const choices = ['facets', 'related', 'feedback'].flatMap((role) => choicesOf(reply, role))
    expect(choices.length).toBeGreaterThan(4)
    for (const { id } of choices) {
      expect(textOf(await say({ kind: 'choice', id }))).not.toContain('no longer exists')
    }
  })

  test('says so when a choice no longer exists', async () => {
    const say = createConversation('e')
    for (const id of ['a:nobody', 'a:irm:nothing', '', 'zzz', 's:99', 'a:irm:definition:more']) {
      expect(textOf(await say({ kind: 'choice', id }))).toContain('no longer exists')
    }
  })

  test('an entry that no source answers is no answer when it is chosen either', async () => {
    const say = createConversation('i')
    const asked = await say({ kind: 'question', text: 'Pass score of the Values Check' })
    const reply = await say({ kind: 'question', text: 'what is the values check' })
    const gap = choicesOf(reply, 'related').find(({ id }) => id.includes('gap-values-check-score'))
    const chosen = await say({ kind: 'choice', id: gap?.id ?? '' })
    expect(chosen?.blocks).toEqual(asked?.blocks)
    expect(textOf(chosen)).toContain('Where to look:')
    expect(chosen?.blocks.map(({ kind }) => kind)).not.toContain('answer')
    expect(choicesOf(chosen, 'feedback')).toEqual([])
  })

  test('takes feedback by entry and facet, without the person', async () => {
    const logged: object[] = []
    const log = { ...silentLog, info: (details: object) => void logged.push(details) }
    const say = createConversation('secret-name', log)
    const reply = await say({ kind: 'question', text: 'what is transparency' })
    const [helpful] = choicesOf(reply, 'feedback')
    await say({ kind: 'choice', id: helpful?.id ?? '' })
    expect(logged).toContainEqual(
      expect.objectContaining({ entry: 'transparency', facet: 'definition', helpful: true }),
    )
    expect(JSON.stringify(logged)).not.toContain('secret-name')
  })

  test('says what it holds, and forgets it', async () => {
    const say = createConversation('f')
    await say({ kind: 'question', text: 'what is transparency' })
    const privacy = await say({ kind: 'command', name: 'privacy', argument: '' })
    const [forget] = choicesOf(privacy, 'related')
    await say({ kind: 'choice', id: forget?.id ?? '' })
    expect(textOf(await say({ kind: 'question', text: 'and examples?' }))).not.toContain(
      'Transparency (Examples)',
    )
  })

  test('every entry can be found among the topics, in lists that every platform can show', async () => {
    const say = createConversation('browsing')
    const topics = await say({ kind: 'command', name: 'topics', argument: '' })
    const found: string[] = []
    for (const { id } of choicesOf(topics, 'related')) {
      const chapter = await say({ kind: 'choice', id })
      for (const block of chapter?.blocks ?? []) {
        if (block.kind !== 'choices') continue
        expect(block.choices.length).toBeLessThanOrEqual(24)
        found.push(...block.choices.map((choice) => choice.label))
      }
    }
    expect(found.toSorted()).toEqual(brain.base.entries.map(({ title }) => title).toSorted())
  })

  test('offers topics, and help with questions to begin with', async () => {
    const say = createConversation('g')
    const topics = await say({ kind: 'command', name: 'topics', argument: '' })
    expect(choicesOf(topics, 'related').length).toBeGreaterThan(5)
    const help = await say({ kind: 'command', name: 'help', argument: '' })
    const [first] = choicesOf(help, 'suggestions')
    expect(textOf(await say({ kind: 'choice', id: first?.id ?? '' }))).toContain('Source:')
  })

  test('never rejects: a failure of its own is logged and said', async () => {
    const logged: string[] = []
    const log = { ...silentLog, error: (_: object, message: string) => void logged.push(message) }
    const store = {
      ...sharedStore,
      readContext: () => Promise.reject(new Error('disk on fire')),
    }
    const say = createConversation('h', log, store)
    expect(textOf(await say({ kind: 'question', text: 'what is OGP' }))).toContain('went wrong')
    expect(logged).toEqual(['Cannot answer'])
  })
})
