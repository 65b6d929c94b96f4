// What the assistant itself says, in every language of the product's own knowledge base.

import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { brain } from '../assistant/fixture.ts'
import { answerLine } from '../../src/cli/answer-line.ts'

/** What is read at a glance in a chat. */
const messageLengthMax = 300
/** Slack's for the title and the button of a form. */
const formTitleLengthMax = 24
/** Discord's for the label of a field. */
const fieldLabelLengthMax = 45

type Text = { readonly name: string; readonly text: string }

/** Every text with its place: "deadlines.forces.hard". */
function listTexts(content: unknown, name = ''): Text[] {
  if (typeof content === 'string') return [{ name, text: content }]
  if (typeof content !== 'object' || content === null) return []
  return Object.entries(content).flatMap(([key, value]) =>
    listTexts(value, name === '' ? key : `${name}.${key}`),
  )
}

const parse = (text: string, language: string) =>
  new IntlMessageFormat(text, language, undefined, { ignoreTag: true })

type Element = ReturnType<IntlMessageFormat['getAst']>[number]
type Placeholder = { readonly name: string; readonly kind: Element['type'] }

/** The parser's kinds have no names that can be imported. */
const kindOf = (text: string) => parse(text, 'en').getAst()[0]?.type
const literal = kindOf('text')
const argument = kindOf('{name}')

/** What is filled in, and as what, in the order of the names. */
function placeholdersOf(elements: readonly Element[]): Placeholder[] {
  const found = elements.flatMap((element): Placeholder[] => {
    if (element.type === literal || !('value' in element)) return []
    const inside =
      'options' in element ? Object.values(element.options).flatMap(({ value }) => value) : []
    return [{ name: element.value, kind: element.type }, ...placeholdersOf(inside)]
  })
  return found.sort((a, b) => a.name.localeCompare(b.name))
}

const { messages } = brain.base
const languages = [...messages.keys()]
const textsOf = (language: string) =>
  listTexts(messages.get(language)).filter(({ name }) => !name.startsWith('suggestions'))
const english = new Map(textsOf('en').map(({ name, text }) => [name, text]))

test('there are messages in English, Spanish, French and Portuguese', () => {
  expect(languages.sort()).toEqual(['en', 'es', 'fr', 'pt'])
})

describe.each(languages)('messages in %s', (language) => {
  const texts = textsOf(language)

  test('fill in exactly what the English ones fill in', () => {
    const filledIn = ({ name, text }: Text) => [
      name,
      placeholdersOf(parse(text, language).getAst()),
    ]
    expect(texts.map(filledIn)).toEqual(
      [...english].map(([name, text]) => [name, placeholdersOf(parse(text, 'en').getAst())]),
    )
  })

  test('are sentences once they are filled in, for one thing and for many', () => {
    for (const { name, text } of texts) {
      const format = parse(text, language)
      const placeholders = placeholdersOf(format.getAst())
      for (const count of [0, 1, 2, 1000]) {
        const values = placeholders.map(({ name: value, kind }): [string, string | number] => [
          value,
          kind === argument ? `<${value}>` : count,
        ])
        const said = String(format.format(Object.fromEntries(values)))
        expect(said, name).not.toMatch(/[{}#]|\s\s|undefined/u)
        for (const [, filled] of values) {
          if (typeof filled === 'string') expect(said, name).toContain(filled)
        }
      }
    }
  })

  test('are short enough for a chat, and for the forms of every platform', () => {
    const tooLong = texts.filter(({ name, text }) => {
      if (name.startsWith('talk.')) return false
      const isTitle = /^reminders\.(?:form|settings)-(?:title|submit)$/u.test(name)
      const isField = name.startsWith('reminders.field-')
      const max = isTitle ? formTitleLengthMax : isField ? fieldLabelLengthMax : messageLengthMax
      return text.length > max
    })
    expect(tooLong).toEqual([])
  })

  test('keep every command and address as it is', () => {
    const fixed = (text: string) =>
      text.match(/\/(?:remind|settings [a-z]+|deadline [a-z]+)\b|https:\S+[a-z/]/gu) ?? []
    for (const { name, text } of texts) {
      expect(fixed(text), name).toEqual(fixed(english.get(name) ?? ''))
    }
  })

  test('suggest what is answered, in their own language', () => {
    for (const suggestion of messages.get(language)?.suggestions ?? []) {
      expect(answerLine(brain, suggestion, language)).toMatchObject({
        question: suggestion,
        decision: 'answer',
        language,
      })
    }
  })

  test('tell people to write what is understood', () => {
    const { none = '', 'form-fallback': command = '' } = messages.get(language)?.reminders ?? {}
    for (const said of [none, command]) {
      const quoted = /[“«]\s*(?:\/remind )?(?<wish>[^”»]+?)\s*[”»]/u.exec(said)?.groups?.['wish']
      const { jurisdictions, reminder, asksReminder } = brain.desk.read(quoted ?? '')
      expect(jurisdictions.named.map(({ id }) => id)).toEqual(['kenya'])
      expect(reminder).toMatchObject({ leadDays: [30, 7], hour: said === command ? 8 : null })
      expect(asksReminder).toBe(said === none)
    }
  })
})

test('no line of French begins with a mark that belongs to the line before', () => {
  const torn = textsOf('fr').filter(({ text }) => / [:;?!»]|« /u.test(text))
  expect(torn).toEqual([])
})

/** A preposition and the article after it that are one word in good language. */
const unmerged: Readonly<Record<string, RegExp>> = {
  en: /\bthe the\b/iu,
  es: /\b(?:de|a) el\b/iu,
  fr: /(?<!\p{L})(?:de|à) les?\b|\b(?:de|le|que) (?=[aeiouéê])/iu,
  pt: /(?<!\p{L})(?:de|em|por|a) [oa]s?(?!\p{L})/iu,
}

test.each(languages)('what rules count from stands well in every sentence in %s', (language) => {
  const pattern = unmerged[language]
  expect(pattern).toBeDefined()
  for (const { name, text } of textsOf(language)) {
    if (!text.includes('{anchor}')) continue
    for (const { id } of brain.base.calendar.anchors) {
      const anchor = brain.desk.nameAnchor(id, language)
      const values = { span: 'S', from: 'F', title: 'T', jurisdiction: 'J', anchor }
      expect(String(parse(text, language).format(values)), name).not.toMatch(pattern ?? /^/u)
    }
  }
})
