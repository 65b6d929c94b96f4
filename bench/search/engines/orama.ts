// Owns Orama with its default ranking, BM25, and a tolerance of one edit, which gains more under
// typos than it costs on clean text.

import type { Engine } from '../engine.ts'
import { buildOrama } from '../orama-index.ts'

export const engine: Engine = {
  name: 'orama',
  build: (entries) =>
    buildOrama(entries, {
      plugins: [],
      tolerance: 1,
      boost: { question: 2, title: 1.5, body: 0.5 },
    }),
}
