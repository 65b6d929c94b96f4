// Owns the list of measured engines: their names, files and packages, in the order of the tables.
// Loads an engine's file only when asked, so that a process holds the library it measures and no other.

import type { Engine } from './engine.ts'

type Registration = {
  label: string
  /** The npm package whose version the results name; absent for what is in Node or in this repository. */
  package?: string
  load(): Promise<{ engine: Engine }>
}

export const ownEngineName = 'ogp-assistant'

export const registry: ReadonlyMap<string, Registration> = new Map<string, Registration>([
  [ownEngineName, { label: 'OGP Assistant', load: () => import('./engines/ogp-assistant.ts') }],
  [
    'fuse-classic',
    {
      label: 'fuse.js classic',
      package: 'fuse.js',
      load: () => import('./engines/fuse-classic.ts'),
    },
  ],
  [
    'fuse-token',
    {
      label: 'fuse.js token search',
      package: 'fuse.js',
      load: () => import('./engines/fuse-token.ts'),
    },
  ],
  [
    'minisearch',
    { label: 'MiniSearch', package: 'minisearch', load: () => import('./engines/minisearch.ts') },
  ],
  ['lunr', { label: 'lunr', package: 'lunr', load: () => import('./engines/lunr.ts') }],
  ['orama', { label: 'Orama', package: '@orama/orama', load: () => import('./engines/orama.ts') }],
  [
    'orama-qps',
    {
      label: 'Orama QPS',
      package: '@orama/plugin-qps',
      load: () => import('./engines/orama-qps.ts'),
    },
  ],
  [
    'flexsearch',
    { label: 'FlexSearch', package: 'flexsearch', load: () => import('./engines/flexsearch.ts') },
  ],
  ['fts5-porter', { label: 'FTS5 porter', load: () => import('./engines/fts5-porter.ts') }],
  ['fts5-trigram', { label: 'FTS5 trigram', load: () => import('./engines/fts5-trigram.ts') }],
  ['fts5-both', { label: 'FTS5 both', load: () => import('./engines/fts5-both.ts') }],
  [
    'node-nlp',
    { label: 'node-nlp', package: 'node-nlp', load: () => import('./engines/node-nlp.ts') },
  ],
])

export function labelOf(name: string): string {
  return registry.get(name)?.label ?? name
}
