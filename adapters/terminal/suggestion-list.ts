// The suggestions that stand below the prompt while somebody types. Draws; knows nothing of messages and replies.

import { clearScreenDown, cursorTo, moveCursor, type Interface } from 'node:readline'
import { stripVTControlCharacters, styleText } from 'node:util'
import type { Readable, Writable } from 'node:stream'

export type SuggestionListOptions = {
  readonly lines: Interface
  readonly input: Readable
  readonly output: Writable & { readonly columns?: number }
  readonly colour: boolean
  readonly suggest: (typed: string) => readonly string[]
}

/** Fewer letters could still become anything. */
const typedLengthMin = 3
const columnsDefault = 80

/** Redraws after every key press. Whoever prints below the prompt clears the list first. */
export function showSuggestions(options: SuggestionListOptions): { clear(): void } {
  const { lines, input, output } = options
  const draw = () => {
    // Clearing starts at the cursor: in the middle of a line it would take the rest of the line with it.
    if (lines.cursor !== lines.line.length) return
    clearScreenDown(output)
    const rows = toRows(lines.line, options)
    if (rows.length === 0) return
    const { cols } = lines.getCursorPos()
    output.write(`\n${rows.join('\n')}`)
    moveCursor(output, 0, -rows.length)
    cursorTo(output, cols)
  }
  // readline handles the key first: its line is current only in the next turn.
  input.on('keypress', (_, key: { name?: string } | undefined) => {
    if (key?.name !== 'return' && key?.name !== 'enter') setImmediate(draw)
  })
  return { clear: () => void clearScreenDown(output) }
}

function toRows(typed: string, { output, colour, suggest }: SuggestionListOptions): string[] {
  if (typed.trim().length < typedLengthMin || typed.startsWith('/')) return []
  const width = (output.columns ?? columnsDefault) - 4
  return suggest(typed).map((text, index) => {
    const row = `  ${stripVTControlCharacters(text).slice(0, width)}${index === 0 ? '  [Tab]' : ''}`
    return colour ? styleText('dim', row, { validateStream: false }) : row
  })
}
