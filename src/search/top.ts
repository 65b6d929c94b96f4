// Owns the choice of the highest numbers of an array without sorting it. Knows nothing else.

/** Positions of the highest scores, best first; equal scores in order of position; those of minus infinity never. */
export function selectTop(scores: Float64Array, count: number): number[] {
  const top: number[] = []
  let floor = -Infinity
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] ?? -Infinity
    if (score === -Infinity || (top.length === count && score <= floor)) continue
    let slot = top.length < count ? top.length : count - 1
    while (slot > 0 && (scores[top[slot - 1] ?? 0] ?? 0) < score) {
      top[slot] = top[slot - 1] ?? 0
      slot--
    }
    top[slot] = i
    floor = scores[top[top.length - 1] ?? 0] ?? -Infinity
  }
  return top
}
