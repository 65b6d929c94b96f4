// Commands in plain words, in every language of the cues, and what is none.

import { describe, expect, test } from 'vitest'
import { findSpokenCommand } from '../../src/assistant/spoken-command.ts'
import { brain } from './fixture.ts'

const find = (text: string, language = 'en') => findSpokenCommand(text, brain.cues(language))

describe('a command in plain words', () => {
  test.each([
    ['settings', 'en', 'settings'],
    ['Settings, please!', 'en', 'settings'],
    ['change my time zone to Nairobi', 'en', 'settings'],
    ['can you switch the language to French?', 'en', 'settings'],
    ['show me the topics', 'en', 'topics'],
    ['delete my data', 'en', 'privacy'],
    ['cambiar idioma a español', 'es', 'settings'],
    ['changer de fuseau horaire', 'fr', 'settings'],
    ['temas', 'pt', 'topics'],
  ])('%s', (text, language, command) => {
    expect(find(text, language)).toBe(command)
  })
})

test.each([
  'what are the settings of the model',
  'topics of the open gov challenge',
  'how do we change the language of a plan that OGP has already published in English',
  'privacy rules for open data',
  '',
])('is none: %s', (text) => {
  expect(find(text)).toBeUndefined()
})
