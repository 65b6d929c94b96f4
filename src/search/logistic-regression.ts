// Owns multinomial logistic regression over sparse vectors. Trained by dual coordinate ascent in a fixed order, so
// that the same examples give the same weights everywhere. Must not know what a feature or an entry is.

export type SparseVector = { readonly features: Int32Array; readonly values: Float32Array }
export type TrainingVector = SparseVector & {
  readonly entry: number
  /** The entry itself and those it is likely to be taken for; training compares only these. */
  readonly rivals: Int32Array
  /** How closely to follow the example; its inverse is the pull of every weight towards zero. */
  readonly trust: number
}

export type LogisticRegression = {
  readonly entryCount: number
  /** Row of a feature, or -1; rows are `entryCount` wide. */
  readonly rows: Int32Array
  readonly weights: Float32Array
}

/** Longer steps than the safe ones converge sooner; 1.5 is short of where they begin to oscillate. */
const stepLength = 1.5
/** A rival that is this unlikely after the first epochs is out of the race, and no more time is spent on it. */
const outOfRaceBelow = 0.0005
const raceOpenEpochs = 2

/** How much of what is learned about an entry goes to one exactly alike, itself included; measured. */
const kinShare = 2
const negligibleShare = 1e-3

/** What training keeps about one example; the rivals still in the race are the first `open` ones. */
type Lesson = {
  readonly entry: number
  readonly trust: number
  readonly step: number
  readonly values: Float32Array
  /** Where the row of each feature begins. */
  readonly starts: Int32Array
  readonly rivals: Int32Array
  /** Per rival: how far the target is from what the model says, as far as the weights know it. */
  readonly unexplained: Float32Array
  open: number
}

/**
 * The weights are always the sum over the examples of trust times what is still unexplained times the vector; an
 * epoch visits each example and moves its unexplained part towards (right entry - predicted probabilities).
 * @param kinship how alike two entries are, row by row; null treats all as strangers
 */
export function trainLogisticRegression(
  examples: readonly TrainingVector[],
  entryCount: number,
  featureCount: number,
  epochs: number,
  kinship: Float32Array | null,
): LogisticRegression {
  const { rows, count } = numberRows(examples, featureCount)
  const weights = new Float32Array(count * entryCount)
  const lessons = examples.map((example) => prepareLesson(example, rows, entryCount))
  const order = Int32Array.from(lessons.keys())
  const scores = new Float64Array(entryCount)
  const shares = new Float64Array(entryCount)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, epoch)
    for (const index of order) {
      const lesson = lessons[index]
      if (lesson === undefined) continue
      predict(weights, lesson, scores)
      if (epoch >= raceOpenEpochs) dropRivals(lesson, scores)
      for (let r = 0; r < lesson.open; r++) {
        const target = (lesson.rivals[r] === lesson.entry ? 1 : 0) - (scores[r] as number)
        const before = lesson.unexplained[r] as number
        const change = lesson.step * (target - before)
        lesson.unexplained[r] = before + change
        scores[r] = lesson.trust * change
      }
      if (kinship !== null) shareWithKin(lesson, kinship, entryCount, scores, shares)
      add(weights, lesson, scores)
    }
  }
  return { entryCount, rows, weights }
}

/** Writes each entry's score (a log-probability but for a constant) into `scores`. */
export function scoreLogisticRegression(
  model: LogisticRegression,
  vector: SparseVector,
  scores: Float64Array,
): void {
  const { entryCount, rows, weights } = model
  scores.fill(0)
  for (let i = 0; i < vector.features.length; i++) {
    const row = rows[vector.features[i] as number] ?? -1
    if (row < 0) continue
    const value = vector.values[i] as number
    const start = row * entryCount
    for (let entry = 0; entry < entryCount; entry++) {
      scores[entry] = (scores[entry] as number) + value * (weights[start + entry] as number)
    }
  }
}

function numberRows(
  examples: readonly TrainingVector[],
  featureCount: number,
): { rows: Int32Array; count: number } {
  const rows = new Int32Array(featureCount).fill(-1)
  let count = 0
  for (const { features } of examples) {
    for (const feature of features) if (rows[feature] === -1) rows[feature] = count++
  }
  return { rows, count }
}

function prepareLesson(example: TrainingVector, rows: Int32Array, entryCount: number): Lesson {
  const { entry, trust, values, features, rivals } = example
  const squares = values.reduce((sum, value) => sum + value * value, 0)
  return {
    entry,
    trust,
    step: Math.min(1, stepLength / (1 + (trust * squares) / 2)),
    values,
    starts: features.map((feature) => (rows[feature] ?? 0) * entryCount),
    rivals: rivals.slice(),
    unexplained: new Float32Array(rivals.length),
    open: rivals.length,
  }
}

/** Writes the probability of each open rival into the first places of `scores`. */
function predict(weights: Float32Array, lesson: Lesson, scores: Float64Array): void {
  const { rivals, values, starts, open } = lesson
  for (let r = 0; r < open; r++) scores[r] = 0
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] as number
    const value = values[i] as number
    for (let r = 0; r < open; r++) {
      const weight = weights[start + (rivals[r] as number)] as number
      scores[r] = (scores[r] as number) + value * weight
    }
  }
  let best = -Infinity
  for (let r = 0; r < open; r++) best = Math.max(best, scores[r] as number)
  let sum = 0
  for (let r = 0; r < open; r++) {
    const weight = Math.exp((scores[r] as number) - best)
    scores[r] = weight
    sum += weight
  }
  for (let r = 0; r < open; r++) scores[r] = (scores[r] as number) / sum
}

function add(weights: Float32Array, lesson: Lesson, changes: Float64Array): void {
  const { rivals, values, starts, open } = lesson
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] as number
    const value = values[i] as number
    for (let r = 0; r < open; r++) {
      const slot = start + (rivals[r] as number)
      weights[slot] = (weights[slot] as number) + value * (changes[r] as number)
    }
  }
}

/** What an example teaches about one entry, it teaches a little about those that are alike. */
function shareWithKin(
  { rivals, open }: Lesson,
  kinship: Float32Array,
  entryCount: number,
  changes: Float64Array,
  shares: Float64Array,
): void {
  for (let r = 0; r < open; r++) shares[r] = changes[r] as number
  for (let k = 0; k < open; k++) {
    const share = kinShare * (changes[k] as number)
    if (Math.abs(share) < negligibleShare) continue
    const row = (rivals[k] as number) * entryCount
    for (let r = 0; r < open; r++) {
      shares[r] = (shares[r] as number) + share * (kinship[row + (rivals[r] as number)] as number)
    }
  }
  for (let r = 0; r < open; r++) changes[r] = shares[r] as number
}

function dropRivals(lesson: Lesson, probabilities: Float64Array): void {
  const { rivals, unexplained, entry } = lesson
  let kept = 0
  for (let r = 0; r < lesson.open; r++) {
    const probability = probabilities[r] ?? 0
    if (probability < outOfRaceBelow && rivals[r] !== entry) continue
    rivals[kept] = rivals[r] ?? 0
    unexplained[kept] = unexplained[r] ?? 0
    probabilities[kept] = probability
    kept++
  }
  lesson.open = kept
}

/** The same disorder on every machine: a linear congruential generator, seeded by the epoch. */
function shuffle(order: Int32Array, seed: number): void {
  let state = (seed * 2654435761 + 12345) >>> 0
  for (let i = order.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const j = Math.floor((state / 4294967296) * (i + 1))
    const held = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = held
  }
}
