// Owns the types of the measured libraries, as far as the bench uses them, so that the repository
// type-checks before bench/node_modules is installed. fuse.js and @orama/stemmers are in the product
// and bring their own.

declare module 'minisearch' {
  type Options<T> = {
    fields: (keyof T & string)[]
    processTerm?: (term: string) => string
    searchOptions?: {
      fuzzy?: number | ((term: string) => number | false)
      boost?: Record<string, number>
      bm25?: { k: number; b: number; d: number }
    }
  }
  class MiniSearch<T> {
    constructor(options: Options<T>)
    addAll(documents: readonly T[]): void
    search(query: string): { id: number; score: number }[]
  }
  export { MiniSearch as default }
}

declare module 'lunr' {
  namespace lunr {
    type Token = { toString(): string }
    type PipelineFunction = { label?: string }
    type Clause = { boost?: number; editDistance?: number }
    type Query = { term(term: string, clause: Clause): Query }
    type Builder = {
      pipeline: { remove(step: PipelineFunction): void }
      use(plugin: unknown): void
      ref(field: string): void
      field(name: string, options: { boost: number }): void
      add(document: object): void
    }
    type Index = { query(fill: (query: Query) => void): { ref: string; score: number }[] }
    type Static = {
      (configure: (this: Builder, builder: Builder) => void): Index
      tokenizer(text: string): Token[]
      stopWordFilter: PipelineFunction
      multiLanguage(...languages: string[]): unknown
    }
  }
  const lunr: lunr.Static
  export { lunr as default }
}

declare module 'lunr-languages/*' {
  import type lunr from 'lunr'
  const install: (library: typeof lunr) => void
  export { install as default }
}

declare module '@orama/orama' {
  export type Tokenizer = {
    language: string
    normalizationCache: Map<string, string>
    tokenize(text: string): string[]
  }
  export type TokenizerOptions = {
    language: string
    stemming: boolean
    stemmer: (word: string) => string
    stopWords: string[]
  }
  export type Database = { readonly id: string }
  export function create(options: {
    schema: Record<string, 'string'>
    plugins?: unknown[]
    components: { tokenizer: Tokenizer | TokenizerOptions }
  }): Database
  export function insertMultiple(
    database: Database,
    documents: Record<string, string>[],
    batchSize?: number,
    language?: string,
    timeout?: number,
  ): Promise<string[]> | string[]
  type Found = { hits: { id: string; score: number }[] }
  export function search(
    database: Database,
    options: {
      term: string
      limit: number
      tolerance?: number
      threshold?: number
      boost?: Record<string, number>
    },
  ): Found | Promise<Found>
}

declare module '@orama/plugin-qps' {
  export function pluginQPS(): unknown
}

declare module 'node-nlp' {
  type Classification = { intent: string; score: number }
  type Input = { locale: string; utterance: string; settings: object }
  export class NlpManager {
    constructor(settings: object)
    readonly nlp: {
      readonly nluManager: {
        process(input: Input): Promise<{ classifications?: Classification[] }>
      }
    }
    addDocument(locale: string, utterance: string, intent: string): void
    train(): Promise<unknown>
  }
}
