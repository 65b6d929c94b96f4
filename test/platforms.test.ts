// The whole process on each platform: with a platform's variables alone it connects, answers, and sends a due reminder.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, test, vi, type TestContext } from 'vitest'
import { makeDataFolder } from './cli/run-node.ts'
import { DiscordPeople } from './platforms/discord-people.ts'
import { botToken as discordToken, DiscordServer } from './platforms/discord-server.ts'
import { SlackPeople } from './platforms/slack-people.ts'
import { appToken, botToken as slackToken, SlackServer } from './platforms/slack-server.ts'
import { TelegramPeople } from './platforms/telegram-people.ts'
import { TelegramServer, token as telegramToken } from './platforms/telegram-server.ts'
import { root } from './repository/source-files.ts'

type Finish = TestContext['onTestFinished']
type Started = {
  readonly child: ChildProcess
  readonly lines: string[]
  readonly folder: string
}

/** Several processes start in one test, and each loads the whole product. */
vi.setConfig({ testTimeout: 240_000 })

/** What bounds it is the runner's own limit on a test. */
const eventually = (assertion: () => void) =>
  vi.waitFor(assertion, { timeout: 200_000, interval: 50 })

/** Twenty seconds before nine in the morning, 30 days before the Philippines' next plan is due. */
const clock = '2028-12-01T08:59:40Z'
const wish = 'remind us about the Philippines, next plan 30 days before at 9:00 Etc/UTC'
const reminder = /Reminder[\s\S]*Philippines[\s\S]*31 December 2028/

function startProcess(
  onTestFinished: Finish,
  variables: Readonly<Record<string, string>>,
  folder = makeDataFolder(),
): Started {
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), '--clock', clock], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      DATA_DIR: folder,
      WEB: 'off',
      TERMINAL: 'off',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(async () => {
    if (child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  const lines: string[] = []
  child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()))
  child.stdout.resume()
  return { child, lines, folder }
}

/** SIGTERM ends it cleanly. */
async function end({ child }: Started): Promise<number | null> {
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

async function startServer<Server extends { stop(): Promise<void> }>(
  onTestFinished: Finish,
  server: { start(): Promise<Server> },
): Promise<Server> {
  const started = await server.start()
  onTestFinished(() => started.stop())
  return started
}

// Each waits for nine o'clock.
describe.concurrent('the whole process', () => {
  test('answers in Telegram and reminds there once', async ({ onTestFinished }) => {
    const server = await startServer(onTestFinished, new TelegramServer())
    const variables = { TELEGRAM_TOKEN: telegramToken, TELEGRAM_API_ROOT: server.root }
    const started = startProcess(onTestFinished, variables)
    const people = new TelegramPeople(server)
    const posted = () => server.world.chat(1001).messages.map(({ text }) => text)
    await eventually(() => {
      expect(server.isPolled, started.lines.join('')).toBe(true)
    })
    await people.say(wish)
    await people.say('what is transparency')
    await eventually(() => {
      expect(posted().join('\n')).toContain('Transparency')
    })
    await eventually(() => {
      expect(posted().join('\n')).toMatch(reminder)
    })
    expect(await end(started)).toBe(0)
    const before = posted().length
    const again = startProcess(onTestFinished, variables, started.folder)
    await eventually(() => {
      expect(server.isPolled).toBe(true)
    })
    await people.say('/reminders')
    await eventually(() => {
      expect(posted().length).toBeGreaterThan(before)
    })
    expect(posted().filter((text) => reminder.test(text))).toHaveLength(1)
    expect(await end(again)).toBe(0)
  })

  test('answers in Slack and reminds there', async ({ onTestFinished }) => {
    const server = await startServer(onTestFinished, new SlackServer())
    const started = startProcess(onTestFinished, {
      SLACK_BOT_TOKEN: slackToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_API_URL: server.apiUrl,
    })
    const people = new SlackPeople(server)
    const posted = () =>
      server.calls
        .filter(({ method }) => method === 'chat.postMessage')
        .map(({ args }) => JSON.stringify(args))
    await eventually(() => {
      expect(server.sockets.size, started.lines.join('')).toBeGreaterThan(0)
    })
    await people.say(wish)
    await people.say('what is transparency')
    await eventually(() => {
      expect(posted().join('\n')).toContain('Transparency')
    })
    await eventually(() => {
      expect(posted().filter((text) => reminder.test(text))).toHaveLength(1)
    })
    expect(await end(started)).toBe(0)
  })

  test('answers in Discord and reminds there, with a nonce', async ({ onTestFinished }) => {
    const server = await startServer(onTestFinished, new DiscordServer())
    const started = startProcess(onTestFinished, {
      DISCORD_TOKEN: discordToken,
      DISCORD_API_URL: server.apiUrl,
    })
    const people = new DiscordPeople(server)
    const posts = () => server.calls.filter(({ route }) => route.startsWith('POST'))
    const posted = () => posts().map(({ body }) => JSON.stringify(body))
    await eventually(() => {
      expect(server.gateway.isUp, started.lines.join('')).toBe(true)
    })
    await people.write(wish)
    await people.write('what is transparency')
    await eventually(() => {
      expect(posted().join('\n')).toContain('Transparency')
    })
    await eventually(() => {
      const sent = posts().filter(({ body }) => reminder.test(JSON.stringify(body)))
      expect(sent).toHaveLength(1)
      expect(sent[0]?.body).toMatchObject({ enforce_nonce: true })
    })
    expect(await end(started)).toBe(0)
  })

  test('a platform that refuses the token is named in the log, and takes no other down', async ({
    onTestFinished,
  }) => {
    const telegram = await startServer(onTestFinished, new TelegramServer())
    const slack = await startServer(onTestFinished, new SlackServer())
    const started = startProcess(onTestFinished, {
      TELEGRAM_TOKEN: '1:wrong',
      TELEGRAM_API_ROOT: telegram.root,
      SLACK_BOT_TOKEN: slackToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_API_URL: slack.apiUrl,
    })
    await eventually(() => {
      expect(slack.sockets.size).toBeGreaterThan(0)
      expect(started.lines.join('')).toMatch(/"platform":"telegram".*Cannot start a platform/)
    })
    expect(started.lines.join('')).not.toContain('1:wrong')
    expect(await end(started)).toBe(0)
  })
})
