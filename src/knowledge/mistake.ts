// A mistake in a knowledge file, as the person who edits it needs to hear it: where, what is, what is needed.

export type Mistake = {
  /** Relative to the knowledge folder. */
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  readonly message: string
}

export const formatMistake = ({ file, line, message }: Mistake) =>
  `${file}:${line.toString()}: ${message}`

/** All mistakes of one reading, sorted by place. */
export class KnowledgeError extends Error {
  override readonly name = 'KnowledgeError'
  readonly mistakes: readonly Mistake[]

  constructor(folder: string, mistakes: readonly Mistake[]) {
    const sorted = mistakes.toSorted(
      (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line,
    )
    const count = sorted.length === 1 ? '1 mistake' : `${sorted.length.toString()} mistakes`
    super(
      `Cannot read the knowledge base "${folder}": ${count}\n${sorted.map(formatMistake).join('\n')}`,
    )
    this.mistakes = sorted
  }
}
