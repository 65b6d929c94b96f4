import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatChoiceId, parseChoiceId, type ChoiceAction } from '../../src/chat/choice-id.ts'
import { choiceIdBytesMax } from '../../src/chat/reply.ts'
import { facetNames } from '../../src/knowledge/schema.ts'

const entry = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/)
const short = fc.stringMatching(/^[a-z0-9]{10}$/)
const facet = fc.constantFrom(...facetNames)
const action: fc.Arbitrary<ChoiceAction> = fc.oneof(
  fc.record({ kind: fc.constant('show' as const), entry }),
  fc.record({ kind: fc.constant('show' as const), entry, facet }),
  fc.record({ kind: fc.constant('feedback' as const), helpful: fc.boolean(), entry, facet }),
  fc.record({ kind: fc.constant('suggestion' as const), index: fc.nat(99) }),
  fc.record({ kind: fc.constant('chapter' as const), chapter: entry }),
  fc.record({
    kind: fc.constantFrom('deadlines' as const, 'calendar' as const, 'remind' as const),
    jurisdiction: entry,
  }),
  fc.record({
    kind: fc.constantFrom('pause' as const, 'resume' as const, 'change' as const, 'stop' as const),
    subscription: short,
  }),
  fc.record({
    kind: fc.constantFrom('done' as const, 'not-done' as const, 'again' as const),
    subscription: short,
    tag: short,
  }),
  fc.record({
    kind: fc.constant('share' as const),
    of: fc.record({ kind: fc.constant('show' as const), entry }),
  }),
  fc.record({
    kind: fc.constantFrom(
      'none-of-these' as const,
      'forget' as const,
      'reminders' as const,
      'stop-all' as const,
    ),
  }),
)

test('a choice id is read back as it was written, within 64 bytes', () => {
  fc.assert(
    fc.property(action, (original) => {
      const id = formatChoiceId(original)
      expect(Buffer.byteLength(id)).toBeLessThanOrEqual(choiceIdBytesMax)
      expect(parseChoiceId(id)).toEqual(original)
    }),
  )
})

test('anything else is null or an action, never an error', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseChoiceId(text)
      if (parsed !== null) expect(parsed.kind).toBeTruthy()
    }),
  )
})
