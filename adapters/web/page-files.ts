// The page's own files, read once: bytes, compressed bytes, and the tag by which browsers keep them.
// It must not serve anything that is not on its list.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export type PageFile = {
  /** Path in the address, such as `/page/page.css`. */
  readonly path: string
  readonly type: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer>
  readonly tag: string
}

const folder = join(import.meta.dirname, 'page')
const script = 'text/javascript; charset=utf-8'
const files = [
  { path: '/', name: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/page/page.css', name: 'page.css', type: 'text/css; charset=utf-8' },
  { path: '/page/timeline.css', name: 'timeline.css', type: 'text/css; charset=utf-8' },
  { path: '/page/icon.svg', name: 'icon.svg', type: 'image/svg+xml' },
  { path: '/page/page.js', name: 'page.js', type: script },
  { path: '/page/labels.js', name: 'labels.js', type: script },
  { path: '/page/view.js', name: 'view.js', type: script },
  { path: '/page/elements.js', name: 'elements.js', type: script },
  { path: '/page/file.js', name: 'file.js', type: script },
  { path: '/page/form.js', name: 'form.js', type: script },
  { path: '/page/timeline.js', name: 'timeline.js', type: script },
  { path: '/page/timeline-marks.js', name: 'timeline-marks.js', type: script },
  { path: '/page/timeline-picture.js', name: 'timeline-picture.js', type: script },
  { path: '/page/timeline-scale.js', name: 'timeline-scale.js', type: script },
  { path: '/page/composer.js', name: 'composer.js', type: script },
  { path: '/page/connection.js', name: 'connection.js', type: script },
  { path: '/page/outbox.js', name: 'outbox.js', type: script },
  { path: '/page/history.js', name: 'history.js', type: script },
]

export function readPageFiles(): readonly PageFile[] {
  return files.map(({ path, name, type }) => {
    const plain = new Uint8Array(readFileSync(join(folder, name)))
    const tag = createHash('sha256').update(plain).digest('base64url').slice(0, 16)
    return { path, type, plain, gzip: new Uint8Array(gzipSync(plain, { level: 9 })), tag }
  })
}
