// Cutting text and lists to a platform's limits, whose own way of counting is given. It must not know a platform.

/** How much of a limit a text uses up; the sum over its characters. */
export type Measure = (text: string) => number

const codeUnits: Measure = (text) => text.length

/** The longest beginning within the limit; never half a character. */
function takeFirst(text: string, lengthMax: number, measure: Measure): string {
  let length = 0
  let end = 0
  for (const character of text) {
    length += measure(character)
    if (length > lengthMax) return text.slice(0, end)
    end += character.length
  }
  return text
}

/** One line within the limit; what is left out is marked with an ellipsis. */
export function shortenText(text: string, lengthMax: number, measure = codeUnits): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return measure(line) <= lengthMax ? line : `${takeFirst(line, lengthMax - 1, measure)}…`
}

/** Parts within the limit, in order, cut where a paragraph, line or word ends if there is such a place. Only space is lost. */
export function splitText(text: string, lengthMax: number, measure = codeUnits): string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (rest !== '') {
    const head = takeFirst(rest, lengthMax, measure)
    const end = head.length === rest.length ? head.length : findBreak(head)
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return parts
}

function findBreak(head: string): number {
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = head.lastIndexOf(mark)
    if (at > head.length / 2) return at + mark.length
  }
  // A first character that alone is over the limit is let through: nothing may be lost, and nothing may hang.
  return head.length > 0 ? head.length : 1
}

/** Groups of at most `size`, in order. */
export const chunk = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  )

/** As few groups as fit, in order; an item that fits nowhere has a group of its own. */
export function packItems<T>(
  items: readonly T[],
  fits: (group: readonly [T, ...T[]]) => boolean,
): T[][] {
  const groups: [T, ...T[]][] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (last !== undefined && fits([...last, item])) last.push(item)
    else groups.push([item])
  }
  return groups
}
