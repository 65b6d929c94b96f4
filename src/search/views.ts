// Owns the views of a text that the models read: stems, runs of five characters across words, and groups of three and
// four characters within words. Each distinct feature is a small integer. Must not know entries or models.

export const viewNames = ['stems', 'runs', 'grams'] as const
export type ViewName = (typeof viewNames)[number]

/** The features of a text by view, each listed once. */
export type Reading = Readonly<Record<ViewName, Int32Array>> & {
  /** Features met nowhere in the base: they have no number, but they count. */
  readonly unknownStems: number
  readonly unknownGrams: number
}

/** What a question was read as. */
export type QuestionReading = Reading & {
  /** How rare the words are in the language at large: of each of `stems`, and of each unknown stem. */
  readonly stemRarities: Float32Array
  readonly unknownRarities: Float32Array
}

const gramLengths = [3, 4] as const
const runLength = 5
const edge = '_'

export class FeatureTable {
  readonly #ids = {
    stems: new Map<string, number>(),
    runs: new Map<string, number>(),
    grams: new Map<string, number>(),
  } as const
  /** The grams of every word learned: most words of a query are among them. */
  readonly #gramsOfWord = new Map<string, Int32Array>()
  #count = 0
  /** When a feature was last listed, so that it is listed once a text. */
  #listedIn = new Int32Array(1024)
  #textNumber = 0

  /** Features of all views together; their ids are below this. */
  get count(): number {
    return this.#count
  }

  countOf(view: ViewName): number {
    return this.#ids[view].size
  }

  /** Reads a text and gives every unseen feature a number. */
  learn(words: readonly string[], stems: readonly string[]): Reading {
    for (const word of words) {
      if (this.#gramsOfWord.has(word)) continue
      const grams = gramsOf(word).map((gram) => this.#number('grams', gram))
      this.#gramsOfWord.set(word, Int32Array.from(grams))
    }
    for (const stem of stems) this.#number('stems', stem)
    for (const run of runsOf(words)) this.#number('runs', run)
    return this.read(words, stems)
  }

  /**
   * Reads a text without learning from it.
   * @param rarities of each word; left out where nobody asks for them
   */
  read(
    words: readonly string[],
    stems: readonly string[],
    rarities: readonly number[] = [],
  ): QuestionReading {
    this.#textNumber++
    const known = this.#lookUp('stems', stems)
    const grams: number[] = []
    let unknownGrams = 0
    for (const word of words) {
      const learned = this.#gramsOfWord.get(word)
      if (learned !== undefined) {
        for (const id of learned) if (this.#isNew(id)) grams.push(id)
        continue
      }
      for (const gram of gramsOf(word)) {
        const id = this.#ids.grams.get(gram)
        if (id === undefined) unknownGrams++
        else if (this.#isNew(id)) grams.push(id)
      }
    }
    return {
      stems: known,
      runs: this.#lookUp('runs', runsOf(words)),
      grams: Int32Array.from(grams),
      unknownGrams,
      ...this.#readRarities(known, stems, rarities),
    }
  }

  #readRarities(known: Int32Array, stems: readonly string[], rarities: readonly number[]) {
    const ofKnown = new Map<number, number>()
    const ofUnknown = new Map<string, number>()
    for (const [index, stem] of stems.entries()) {
      const id = this.#ids.stems.get(stem)
      if (id === undefined) ofUnknown.set(stem, rarities[index] ?? 0)
      else ofKnown.set(id, rarities[index] ?? 0)
    }
    return {
      unknownStems: ofUnknown.size,
      stemRarities: Float32Array.from(known, (id) => ofKnown.get(id) ?? 0),
      unknownRarities: Float32Array.from(ofUnknown.values()),
    }
  }

  #lookUp(view: ViewName, features: readonly string[]): Int32Array {
    const ids: number[] = []
    for (const feature of features) {
      const id = this.#ids[view].get(feature)
      if (id !== undefined && this.#isNew(id)) ids.push(id)
    }
    return Int32Array.from(ids)
  }

  #isNew(id: number): boolean {
    if (this.#listedIn[id] === this.#textNumber) return false
    this.#listedIn[id] = this.#textNumber
    return true
  }

  #number(view: ViewName, feature: string): number {
    const known = this.#ids[view].get(feature)
    if (known !== undefined) return known
    const id = this.#count++
    this.#ids[view].set(feature, id)
    if (id >= this.#listedIn.length) {
      const grown = new Int32Array(this.#listedIn.length * 2)
      grown.set(this.#listedIn)
      this.#listedIn = grown
    }
    return id
  }
}

/** As in "_h", "ho", "ow", "w_" for the groups of two of "how": the beginning and the end are features as well. */
function gramsOf(word: string): string[] {
  const text = edge + word + edge
  const grams: string[] = []
  for (const length of gramLengths) {
    for (let start = 0; start + length <= text.length; start++) {
      grams.push(text.substring(start, start + length))
    }
  }
  return grams
}

function runsOf(words: readonly string[]): string[] {
  const text = edge + words.join(edge) + edge
  const runs: string[] = []
  for (let start = 0; start + runLength <= text.length; start++) {
    runs.push(text.substring(start, start + runLength))
  }
  return runs
}
