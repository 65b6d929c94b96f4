// Owns one number: how many slips of the finger lie between two words. Knows nothing else.

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, each counted once.
 * @returns the distance, or `limit + 1` as soon as it must exceed `limit`
 */
export function editDistance(from: string, to: string, limit: number): number {
  const tooFar = limit + 1
  if (Math.abs(from.length - to.length) > limit) return tooFar
  const width = to.length + 1
  let beforePrevious = new Int32Array(width)
  let previous = new Int32Array(width)
  let current = new Int32Array(width)
  for (let j = 0; j < width; j++) previous[j] = j
  for (let i = 1; i <= from.length; i++) {
    current[0] = i
    let rowBest = i
    for (let j = 1; j < width; j++) {
      const letter = from.charCodeAt(i - 1)
      const same = letter === to.charCodeAt(j - 1)
      let cost = (previous[j - 1] ?? 0) + (same ? 0 : 1)
      cost = Math.min(cost, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1)
      const swapped =
        i > 1 &&
        j > 1 &&
        letter === to.charCodeAt(j - 2) &&
        from.charCodeAt(i - 2) === to.charCodeAt(j - 1)
      if (swapped) cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1)
      current[j] = cost
      if (cost < rowBest) rowBest = cost
    }
    if (rowBest > limit) return tooFar
    const oldest = beforePrevious
    beforePrevious = previous
    previous = current
    current = oldest
  }
  return Math.min(previous[to.length] ?? tooFar, tooFar)
}
