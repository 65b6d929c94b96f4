// The whole process, started as an operator starts it.

import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { makeDataFolder, NodeProcess, runNode } from './cli/run-node.ts'
import { entryText, makeKnowledgeFolder, smallBase } from './knowledge/knowledge-folder.ts'

const start = (variables: Readonly<Record<string, string>>, input = '') =>
  runNode('src/main.ts', { variables: { DATA_DIR: makeDataFolder(), ...variables }, input })

test('piped questions are answered on standard output, the log goes to standard error', async () => {
  const { stdout, stderr, code } = await start(
    { PORT: '0' },
    'what is the IRM\nand how does it work?\n',
  )
  expect(code).toBe(0)
  expect(stdout).toContain('Independent Reporting Mechanism')
  expect(stdout).not.toContain('"level"')
  for (const line of stderr.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg')
  expect(stderr).not.toContain('what is the IRM')
})

test('malformed variables are all reported at once', async () => {
  const { stderr, code } = await start({
    PORT: 'eighty',
    LOG_LEVEL: 'loud',
    TERMINAL: 'maybe',
    DATABASE_URL: 'mysql://ada:hush@host/assistant',
    ASSISTANT_LANGUAGE: '??',
  })
  expect(code).toBe(1)
  expect(stderr.trimEnd().split('\n')).toEqual([
    'Cannot read LOG_LEVEL: "loud", one of debug, info, warn, error, silent is needed',
    'Cannot read DATABASE_URL: it is no address of PostgreSQL, one such as "postgres://user:password@host:5432/database" is needed',
    'Cannot read ASSISTANT_LANGUAGE: "??", a language tag such as "en" is needed',
    'Cannot read PORT: "eighty", a whole number from 0 to 65535 is needed',
    'Cannot read TERMINAL: "maybe", "on" or "off" is needed',
  ])
})

test('a port in use is one clear message', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const { stderr, code } = await start({ PORT: port, LOG_LEVEL: 'error' })
  server.close()
  expect(code).toBe(1)
  expect(stderr).toBe(
    `Cannot listen on 127.0.0.1:${port}: the port is in use, another PORT is needed\n`,
  )
})

test('a database that cannot be reached is one clear message, without the password', async () => {
  const { stderr, code } = await start({
    DATABASE_URL: 'postgres://ada:hush@127.0.0.1:1/assistant',
    LOG_LEVEL: 'error',
  })
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /^Cannot open the database at 127\.0\.0\.1:1\/assistant: .*ECONNREFUSED.*\n$/,
  )
  expect(stderr).not.toContain('hush')
})

test('an unreadable knowledge folder is one message with all mistakes', async () => {
  const missing = await start({ KNOWLEDGE_DIR: '/nowhere', PORT: '0' })
  expect(missing.code).toBe(1)
  expect(missing.stderr).toMatch(/^Cannot read the knowledge base "\/nowhere": 1 mistake\n/)
  const folder = makeKnowledgeFolder({
    ...smallBase,
    'entries/en/letters/alpha.yaml': entryText('alpha', 'titel: x'),
    'entries/en/letters/beta.yaml': entryText('beta', 'related: [nobody]'),
  })
  const broken = await start({ KNOWLEDGE_DIR: folder, PORT: '0' })
  expect(broken.code).toBe(1)
  expect(broken.stderr).toMatch(/: 2 mistakes\n.*alpha\.yaml:10: .*\n.*beta\.yaml:10: /)
})

/** As if somebody had sat down at a moment, in a folder that stays. */
function sitDown(folder: string, moment: string): NodeProcess {
  const program = new NodeProcess('src/main.ts', {
    arguments: ['--clock', moment],
    variables: { DATA_DIR: folder, PORT: '0', TZ: 'UTC', LOG_LEVEL: 'warn' },
  })
  onTestFinished(() => {
    program.kill()
  })
  return program
}

test('a reminder set up at the prompt arrives once, and not again after a restart', async () => {
  const folder = makeDataFolder()
  const reminder = /^Kenya – Last day to publish .* \(in 30 days\)\. Hard deadline\./gm

  const first = sitDown(folder, '2028-12-01T08:59:45Z')
  first.say("remind us about Kenya's next plan 30 and 7 days before")
  await first.until(/^ +\d\) Remind me again in 3 days$/m)
  const { stdout: shown, code } = await first.end()
  expect(code).toBe(0)
  expect(shown).toContain('Reminders are on: Kenya')
  expect(shown).toContain('- Friday, 1 December 2028, 09:00: Last day to publish')
  expect(shown.match(reminder)).toHaveLength(1)

  // A reminder of the same conversation that is due later shows that the first would have come by then.
  const second = sitDown(folder, '2028-12-01T09:59:45Z')
  second.say('/deadline add italy 2028-12-02 Press conference')
  second.say('/remind italy 1 day before at 10:00')
  await second.until(/^Italy – Press conference: Saturday, 2 December 2028 \(tomorrow\)/m)
  const { stdout: shownLater } = await second.end()
  expect(shownLater.match(reminder)).toBeNull()
  expect(shownLater.match(/^Italy – Press conference: /gm)).toHaveLength(1)
}, 240_000)
