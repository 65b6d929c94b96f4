// Owns many lists of features in one block of memory: a list as an object of its own would cost more than what is in it.
// Must not know what the features mean.

import type { Reading, ViewName } from './views.ts'
import { viewNames } from './views.ts'

export class FeatureLists {
  #ids = new Int32Array(1024)
  #offsets = new Int32Array(1024)
  #listCount = 0

  /** All features, list after list; see `start` and `end`. */
  get ids(): Int32Array {
    return this.#ids
  }

  /** Texts added so far. */
  get length(): number {
    return this.#listCount / viewNames.length
  }

  add(reading: Reading): void {
    for (const view of viewNames) {
      const list = reading[view]
      const start = this.#offsets[this.#listCount] ?? 0
      this.#ids = withRoom(this.#ids, start + list.length)
      this.#offsets = withRoom(this.#offsets, this.#listCount + 2)
      this.#ids.set(list, start)
      this.#listCount++
      this.#offsets[this.#listCount] = start + list.length
    }
  }

  /** Where in `ids` the features of a view of a text begin. */
  start(text: number, view: ViewName): number {
    return this.#offsets[text * viewNames.length + viewNames.indexOf(view)] ?? 0
  }

  /** Where they end; the position after the last. */
  end(text: number, view: ViewName): number {
    return this.#offsets[text * viewNames.length + viewNames.indexOf(view) + 1] ?? 0
  }

  /** A stored text in the shape of a query. */
  read(text: number): Reading {
    const list = (view: ViewName) =>
      this.#ids.subarray(this.start(text, view), this.end(text, view))
    return {
      stems: list('stems'),
      runs: list('runs'),
      grams: list('grams'),
      unknownStems: 0,
      unknownGrams: 0,
    }
  }
}

function withRoom(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array
  const grown = new Int32Array(Math.max(length, Math.ceil(array.length * 1.5)))
  grown.set(array)
  return grown
}
