// Which side of an entry a question asks for: by its cue words, and by which passage has the words that it uses.

import type { Entry, Passage } from '../knowledge/knowledge-base.ts'
import type { FacetName } from '../knowledge/schema.ts'
import { baseLanguage, stemmerFor } from '../search/stem.ts'
import { subjectWords, type LanguageCues } from './language-cues.ts'
import { toWords } from './phrases.ts'

/** The facets that the words ask for, the surest first: longer cues before shorter ones, then in order. */
export function askedFacets(words: readonly string[], cues: LanguageCues): FacetName[] {
  const matches = cues.facets.matchAll(words).toSorted((a, b) => b.length - a.length)
  return [...new Set(matches.map(({ value }) => value))]
}

export type ChosenPassage = {
  readonly passage: Passage
  /** The facet asked for by name, when it is the passage's. */
  readonly asked?: FacetName
}

/** Chooses among an entry's passages. The words are those of the question, with misspelt cues put right. */
export type ChoosePassage = (
  entry: Entry,
  words: readonly string[],
  cues: LanguageCues,
) => ChosenPassage

// The weights were chosen by leaving out each facet phrasing of the knowledge base in turn and asking with it: with
// these, 82 % of them choose their own facet. They say little each; their order says what matters more.
const cueWeights: Readonly<Record<FacetName, number>> = {
  purpose: 1,
  examples: 1,
  who: 1,
  when: 1,
  number: 1,
  consequence: 1,
  // "how" and "what is" begin many questions that ask for something else.
  how: 0.6,
  definition: 0.3,
}
const wordWeight = 0.5
const firstWeight = 0.1

export function createChoosePassage(entries: readonly Entry[]): ChoosePassage {
  const stemsOf = new Map<Passage, ReadonlySet<string>>()
  for (const { passages, language } of entries) {
    const stem = stemmerFor(baseLanguage(language))
    for (const passage of passages) {
      const text = [passage.text, ...passage.list, ...passage.phrasings].join('\n')
      stemsOf.set(passage, new Set(toWords(text).map(stem)))
    }
  }
  const phrased = indexPhrasings(entries)
  return (entry, words, cues) => {
    const asked = askedFacets(words, cues)
    // Somebody has already said which side this very question asks for.
    const known = phrased.get(entry)?.get(words.join(' '))
    if (known !== undefined && (asked.length === 0 || asked.includes(known.facet))) {
      return asked.includes(known.facet)
        ? { passage: known, asked: known.facet }
        : { passage: known }
    }
    const stem = stemmerFor(baseLanguage(entry.language))
    const subject = [...new Set(subjectWords(words, cues).map(stem))]
    const texts = entry.passages.map((passage) => stemsOf.get(passage) ?? new Set<string>())
    const scores = entry.passages.map(({ facet }, index) => {
      const cue = asked.includes(facet) ? cueWeights[facet] : 0
      const shared = wordWeight * distinctShare(subject, texts, index)
      return cue + shared + (index === 0 ? firstWeight : 0)
    })
    const passage = entry.passages[scores.indexOf(Math.max(...scores))] ?? entry.passages[0]
    return toChosen(passage, asked)
  }
}

const toChosen = (passage: Passage, asked: readonly FacetName[]): ChosenPassage =>
  asked.includes(passage.facet) ? { passage, asked: passage.facet } : { passage }

/** Each entry's phrasings by their words: its own stand for its first passage, a passage's for that passage. */
function indexPhrasings(entries: readonly Entry[]): Map<Entry, Map<string, Passage>> {
  const key = (phrasing: string) => toWords(phrasing).join(' ')
  return new Map(
    entries.map((entry) => [
      entry,
      new Map([
        ...entry.phrasings.map((text) => [key(text), entry.passages[0]] as const),
        ...entry.passages.flatMap((own) => own.phrasings.map((text) => [key(text), own] as const)),
      ]),
    ]),
  )
}

/** How many of the words one text has and the others lack; a word that all have says nothing. */
function distinctShare(
  words: readonly string[],
  texts: readonly ReadonlySet<string>[],
  index: number,
): number {
  let sum = 0
  for (const word of words) {
    if (texts[index]?.has(word) !== true) continue
    const count = texts.filter((text) => text.has(word)).length
    sum += Math.log((texts.length + 0.5) / count)
  }
  return words.length === 0 ? 0 : sum / Math.sqrt(words.length)
}
