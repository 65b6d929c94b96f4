// Owns the small parts both charts are made of: text, scales with their ticks, colours for light and
// dark, and the frame with title and description. Draws no data.

export type Scale = {
  ticks: readonly number[]
  toPixel(value: number): number
}

export type Point = { x: number; y: number }

export const width = 960
export const height = 560

/** Colours that keep a contrast of 3 to 1 on white and on near black; the first is the project's own. */
const colours = [
  '#d9480f',
  '#1c7ed6',
  '#2f9e44',
  '#9c36b5',
  '#0c8599',
  '#b08900',
  '#e64980',
  '#5c7cfa',
  '#74b816',
  '#868e96',
  '#a0522d',
  '#12a594',
]

export function colourOf(position: number): string {
  return colours[position % colours.length] ?? '#868e96'
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Ticks at 1, 2 and 5 of each decade when the range is short, else at powers of ten. */
export function createLogScale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.ceil(Math.log10(Math.max(...values)))
  const ticks: number[] = []
  for (let power = low; power <= Math.max(high, low + 1); power++) ticks.push(10 ** power)
  const span = Math.max(high, low + 1) - low
  return {
    ticks,
    toPixel: (value) => from + ((Math.log10(value) - low) / span) * (to - from),
  }
}

export function createLinearScale(
  values: readonly number[],
  step: number,
  from: number,
  to: number,
): Scale {
  const low = Math.floor(Math.min(...values) / step) * step
  const high = Math.max(low + step, Math.ceil(Math.max(...values) / step) * step)
  const ticks: number[] = []
  for (let tick = low; tick <= high; tick += step) ticks.push(tick)
  return { ticks, toPixel: (value) => from + ((value - low) / (high - low)) * (to - from) }
}

export function drawText(
  at: Point,
  text: string,
  options: {
    anchor?: 'start' | 'middle' | 'end'
    class?: string
    fill?: string
    turn?: number
  } = {},
): string {
  const { anchor = 'start', class: className = 'label', fill, turn } = options
  const position = `x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}"`
  const colour = fill === undefined ? '' : ` style="fill:${fill}"`
  const turned =
    turn === undefined ? '' : ` transform="rotate(${turn} ${at.x.toFixed(1)} ${at.y.toFixed(1)})"`
  return `<text ${position} class="${className}" text-anchor="${anchor}"${colour}${turned}>${escapeText(text)}</text>`
}

export function drawLine(from: Point, to: Point, className: string): string {
  const [x1, y1] = [from.x.toFixed(1), from.y.toFixed(1)]
  return `<line x1="${x1}" y1="${y1}" x2="${to.x.toFixed(1)}" y2="${to.y.toFixed(1)}" class="${className}"/>`
}

const style = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1f2328 }
  .heading { font-size: 17px; font-weight: 600 }
  .note, .tick { font-size: 12px; fill: #59636e }
  .own { font-weight: 700 }
  .ground { fill: #ffffff }
  .grid { stroke: #d1d9e0; stroke-width: 1 }
  .axis { stroke: #59636e; stroke-width: 1 }
  .leader { stroke: #818b98; stroke-width: 1 }
  .ring { stroke: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .note, .tick { fill: #9198a1 }
    .ground { fill: #0d1117 }
    .grid { stroke: #2b323b }
    .axis { stroke: #9198a1 }
    .leader { stroke: #656c76 }
    .ring { stroke: #0d1117 }
  }`

export function drawFrame(title: string, description: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escapeText(title)}</title>
<desc id="description">${escapeText(description)}</desc>
<style>${style}
</style>
<rect class="ground" width="${width}" height="${height}" rx="6"/>
${parts.join('\n')}
</svg>
`
}
