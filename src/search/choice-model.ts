// Owns the fitting of weights that make the right one of several alternatives the most likely (conditional logit).
// Yes-or-no questions are the case of two alternatives. Must not know what the numbers stand for.

/** One choice that was made: alternatives as vectors of equal length, and which of them was right. */
export type Choice = {
  readonly alternatives: readonly Float64Array[]
  readonly right: number
  readonly weight: number
}

const stepsMax = 40
const convergedBelow = 1e-6

/**
 * Newton's method on the penalised log-likelihood.
 * @param prior where the weights stay when there is nothing to learn from
 * @param strength how many choices' worth of doubt the prior carries
 */
export function fitChoices(
  choices: readonly Choice[],
  prior: readonly number[],
  strength: number,
): Float64Array {
  const size = prior.length
  const weights = Float64Array.from(prior)
  let value = penalisedLoss(choices, weights, prior, strength)
  for (let step = 0; step < stepsMax; step++) {
    const { gradient, hessian } = differentiate(choices, weights, prior, strength)
    const direction = solve(hessian, gradient, size)
    let scale = 1
    let next = value
    const before = weights.slice()
    for (; scale > 1e-4; scale /= 2) {
      for (let i = 0; i < size; i++) {
        weights[i] = (before[i] ?? 0) - scale * (direction[i] ?? 0)
      }
      next = penalisedLoss(choices, weights, prior, strength)
      if (next <= value) break
    }
    if (!(next <= value)) return before
    if (value - next < convergedBelow) return weights
    value = next
  }
  return weights
}

/**
 * Probability of each alternative.
 * @param into where to write them; fitting asks a million times, and a new array each time would cost more than the sums
 */
export function choose(
  alternatives: readonly ArrayLike<number>[],
  weights: ArrayLike<number>,
  into = new Float64Array(alternatives.length),
): Float64Array {
  const count = alternatives.length
  let best = -Infinity
  for (let a = 0; a < count; a++) {
    const score = weigh(alternatives[a] ?? [], weights)
    into[a] = score
    if (score > best) best = score
  }
  let sum = 0
  for (let a = 0; a < count; a++) {
    const weight = Math.exp((into[a] as number) - best)
    into[a] = weight
    sum += weight
  }
  for (let a = 0; a < count; a++) into[a] = (into[a] as number) / sum
  return into
}

export function weigh(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += (values[i] ?? 0) * (weights[i] ?? 0)
  return sum
}

function penalisedLoss(
  choices: readonly Choice[],
  weights: Float64Array,
  prior: readonly number[],
  strength: number,
): number {
  let loss = 0
  const scratch = scratchFor(choices)
  for (const { alternatives, right, weight } of choices) {
    const probability = choose(alternatives, weights, scratch)[right] ?? 0
    loss -= weight * Math.log(Math.max(probability, 1e-300))
  }
  for (const [i, expected] of prior.entries()) {
    loss += (strength / 2) * ((weights[i] ?? 0) - expected) ** 2
  }
  return loss
}

function differentiate(
  choices: readonly Choice[],
  weights: Float64Array,
  prior: readonly number[],
  strength: number,
): { gradient: Float64Array; hessian: Float64Array } {
  const size = prior.length
  const gradient = new Float64Array(size)
  const hessian = new Float64Array(size * size)
  const mean = new Float64Array(size)
  const scratch = scratchFor(choices)
  for (const { alternatives, right, weight } of choices) {
    const probabilities = choose(alternatives, weights, scratch)
    mean.fill(0)
    for (const [a, values] of alternatives.entries()) {
      const probability = probabilities[a] ?? 0
      for (let i = 0; i < size; i++) mean[i] = (mean[i] ?? 0) + probability * (values[i] ?? 0)
    }
    for (const [a, values] of alternatives.entries()) {
      addOuter(hessian, values, mean, weight * (probabilities[a] ?? 0))
    }
    const chosen = alternatives[right]
    for (let i = 0; i < size; i++) {
      gradient[i] = (gradient[i] ?? 0) + weight * ((mean[i] ?? 0) - (chosen?.[i] ?? 0))
    }
  }
  for (const [i, expected] of prior.entries()) {
    gradient[i] = (gradient[i] ?? 0) + strength * ((weights[i] ?? 0) - expected)
    hessian[i * size + i] = (hessian[i * size + i] ?? 0) + strength
  }
  return { gradient, hessian }
}

function scratchFor(choices: readonly Choice[]): Float64Array<ArrayBuffer> {
  return new Float64Array(choices.reduce((most, c) => Math.max(most, c.alternatives.length), 0))
}

function addOuter(
  matrix: Float64Array,
  values: Float64Array,
  mean: Float64Array,
  weight: number,
): void {
  const size = mean.length
  for (let i = 0; i < size; i++) {
    const left = weight * ((values[i] ?? 0) - (mean[i] ?? 0))
    for (let j = 0; j < size; j++) {
      const slot = i * size + j
      matrix[slot] = (matrix[slot] ?? 0) + left * ((values[j] ?? 0) - (mean[j] ?? 0))
    }
  }
}

/** Gaussian elimination; the matrix is symmetric and positive, so no pivots are needed. Destroys the matrix. */
function solve(matrix: Float64Array, vector: Float64Array, size: number): Float64Array {
  const result = vector.slice()
  for (let pivot = 0; pivot < size; pivot++) {
    const head = matrix[pivot * size + pivot] ?? 1
    for (let row = pivot + 1; row < size; row++) {
      const factor = (matrix[row * size + pivot] ?? 0) / head
      if (factor === 0) continue
      for (let column = pivot; column < size; column++) {
        const slot = row * size + column
        matrix[slot] = (matrix[slot] ?? 0) - factor * (matrix[pivot * size + column] ?? 0)
      }
      result[row] = (result[row] ?? 0) - factor * (result[pivot] ?? 0)
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = result[row] ?? 0
    for (let column = row + 1; column < size; column++) {
      sum -= (matrix[row * size + column] ?? 0) * (result[column] ?? 0)
    }
    result[row] = sum / (matrix[row * size + row] ?? 1)
  }
  return result
}
