// Owns Orama with its plugin for quantum proximity scoring, which ranks by how near the words stand.

import { pluginQPS } from '@orama/plugin-qps'
import type { Engine } from '../engine.ts'
import { buildOrama } from '../orama-index.ts'

export const engine: Engine = {
  name: 'orama-qps',
  build: (entries) =>
    buildOrama(entries, {
      plugins: [pluginQPS()],
      tolerance: 0,
      boost: { question: 2, title: 1.5, body: 0.5 },
    }),
}
