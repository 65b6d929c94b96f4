// Lines for a terminal: wrapped, coloured where wanted, no escape sequence but our own. Pure; it must not know blocks.

import { styleText } from 'node:util'
import wrapAnsi from 'wrap-ansi'

export type RenderOptions = {
  /** In columns; Infinity leaves the lines to whoever reads them. */
  readonly width: number
  readonly colour: boolean
}

export type Style = Parameters<typeof styleText>[0]

export const wrap = (text: string, { width }: RenderOptions) =>
  width === Infinity ? toPlain(text) : wrapAnsi(toPlain(text), width, { hard: true })

/** A sign, then the text; its further lines stand under its first. */
export function hang(sign: string, text: string, options: RenderOptions): string {
  const indent = ' '.repeat(sign.length)
  const narrower = { ...options, width: options.width - sign.length }
  return sign + wrap(text, narrower).replaceAll('\n', `\n${indent}`)
}

export const paint = (style: Style, text: string, { colour }: RenderOptions) =>
  colour ? styleText(style, text, { validateStream: false }) : text

/** Escape sequences and other control characters could repaint the terminal; line breaks may stay. */
export const toPlain = (text: string) => text.replaceAll(/[^\P{Cc}\n\t]/gu, '')
