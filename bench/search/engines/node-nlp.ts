// Owns node-nlp: its neural classifier a language, each entry an intent, with its spelling check,
// which corrects to the words seen in training. Bodies are no training text for a classifier.

import { NlpManager } from 'node-nlp'
import type { Engine } from '../engine.ts'
import { listLanguages } from '../engine.ts'

const settings = { log: false, useNoneFeature: true }

export const engine: Engine = {
  name: 'node-nlp',
  async build(entries) {
    const languages = listLanguages(entries)
    const first = languages[0] ?? 'en'
    const manager = new NlpManager({
      languages: languages.length === 0 ? [first] : languages,
      autoSave: false,
      autoLoad: false,
      nlu: settings,
    })
    for (const entry of entries) {
      if (entry.title !== undefined) manager.addDocument(first, entry.title, entry.id)
      for (const [position, question] of entry.questions.entries()) {
        manager.addDocument(entry.langs?.[position] ?? first, question, entry.id)
      }
    }
    await manager.train()
    return {
      async rank(question, limit, language) {
        const { classifications = [] } = await manager.nlp.nluManager.process({
          locale: language ?? first,
          utterance: question,
          settings: { ...settings, spellCheck: true, spellCheckDistance: 1 },
        })
        return classifications
          .filter((classification) => classification.intent !== 'None')
          .slice(0, limit)
          .map((classification) => ({ id: classification.intent, score: classification.score }))
      },
    }
  },
}
