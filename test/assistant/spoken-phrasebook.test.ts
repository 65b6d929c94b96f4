// The language of a reply: that of the conversation, except for dates asked for in another.

import { describe, expect, test } from 'vitest'
import { createReceive } from '../../src/assistant/assistant.ts'
import { createBrain } from '../../src/assistant/brain.ts'
import { phrasebookFor } from '../../src/assistant/spoken-phrasebook.ts'
import { toAuthorId, toConversationId, toEventKey } from '../../src/chat/message.ts'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { systemClock } from '../../src/clock.ts'
import { silentLog } from '../../src/log.ts'
import { openMemoryStore } from '../../src/store/open-store.ts'
import { brain, today } from './fixture.ts'

const spoken = (text: string, otherwise: string) => phrasebookFor(brain, text, otherwise).language

describe('a message about dates is answered in its own language', () => {
  test.each([
    ['cuándo vence el plan de españa', 'es'],
    ['¿Qué vence antes de julio?', 'es'],
    ['recuérdanos el plan de Kenia 30 y 7 días antes', 'es'],
    ['nuestro plan terminó el 31 de diciembre de 2025', 'es'],
    ['quand se termine le plan du Kenya', 'fr'],
    ['Quelles échéances avant juillet ?', 'fr'],
    ['quand est le prochain plan de la Suisse', 'fr'],
    ['quando termina o plano de Cabo Verde', 'pt'],
    ['o que vence antes de julho?', 'pt'],
    ["when is Kenya's next plan due", 'en'],
    ['¿y cuándo termina?', 'es'],
    ['et quand expire-t-il ?', 'fr'],
  ])('%s', (text, language) => {
    for (const otherwise of ['en', 'es', 'fr', 'pt', 'pt-BR', 'de']) {
      expect(spoken(text, otherwise), otherwise).toBe(language)
    }
  })
})

describe('talk and commands that one language alone has are answered in it', () => {
  test.each([
    ['ayuda', 'es'],
    ['¿Qué puedes hacer?', 'es'],
    ['cambiar idioma a español', 'es'],
    ['aide', 'fr'],
    ['Paramètres', 'fr'],
    ['ajuda', 'pt'],
    ['mudar o fuso horário', 'pt'],
    ['what can you do?', 'en'],
    ['change my time zone to Nairobi', 'en'],
  ])('%s', (text, language) => {
    for (const otherwise of ['en', 'es', 'fr', 'pt', 'pt-BR', 'de']) {
      expect(spoken(text, otherwise), otherwise).toBe(language)
    }
  })

  test.each(['temas', 'ajustes', 'hola'])('but not what several have: %s', (text) => {
    expect(spoken(text, 'en')).toBe('en')
    expect(spoken(text, 'pt')).toBe('pt')
  })
})

describe('a message is answered in the language of the conversation', () => {
  test.each([
    'Kenya',
    'Kenya plan',
    'Kenya en 2027',
    'a plan for Portugal',
    'what is a commitment?',
    'qué es la transparencia',
    '',
  ])('that is not for sure of another, or not about dates: %s', (text) => {
    for (const language of ['en', 'es', 'fr', 'pt']) expect(spoken(text, language)).toBe(language)
  })

  test('where the knowledge base says nothing in that of the message', () => {
    const messages = new Map([...brain.base.messages].filter(([language]) => language !== 'es'))
    const other = createBrain({ ...brain.base, messages }, { today: () => today })
    expect(phrasebookFor(other, 'cuándo vence el plan de españa', 'fr').language).toBe('fr')
  })
})

test.each([
  ['en', 'cuándo vence el plan de kenia', 'es', 'Kenia – Fin del plan de acción: viernes, 31'],
  [
    'en',
    'quand se termine le plan du kenya',
    'fr',
    "Kenya – Fin du plan d'action\u00a0: vendredi 31",
  ],
  [
    'fr',
    'quando termina o plano do quênia',
    'pt',
    'Quênia – Fim do plano de ação: sexta-feira, 31',
  ],
  ['es', "when does kenya's plan end", 'en', 'Kenya – Action plan ends: Friday, 31'],
  ['es', 'what is a commitment', 'es', 'Fuente: OGP'],
])('somebody of language %s asks: %s', async (language, text, expected, said) => {
  const receive = createReceive({
    brain: () => brain,
    store: await openMemoryStore(systemClock),
    log: silentLog,
    language: 'en',
    clock: systemClock,
  })
  const reply = await receive({
    platform: 'web',
    eventKey: toEventKey('event'),
    conversation: toConversationId('room'),
    author: toAuthorId('ada'),
    language,
    audience: 'private',
    shareable: true,
    mayAdminister: true,
    sentAt: Temporal.Instant.from('2026-11-23T09:00:00Z'),
    kind: 'question',
    text,
  })
  expect(reply?.language).toBe(expected)
  const whole = reply === null ? '' : toPlainText(reply)
  expect(whole).toContain(said)
  // The choice to share it is of the same language.
  expect(whole).toContain(brain.phrasebook(expected).sayOfReminders('share'))
})
