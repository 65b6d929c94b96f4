// Several platforms that start together, of which some cannot be reached.

import { expect, test, vi } from 'vitest'
import type { ChatAdapter } from '../src/chat/adapter.ts'
import type { Platform } from '../src/chat/message.ts'
import { RefusedError } from '../src/chat/refused-error.ts'
import { silentLog } from '../src/log.ts'
import { OperatorError } from '../src/operator-error.ts'
import { createPlatformStarter } from '../src/platform-starter.ts'

/** Starts as the outcomes say, one after the other; well after the last. */
function createPlatform(platform: Platform, ...outcomes: readonly Error[]) {
  const state = { starts: 0, isUp: false, isStopped: false }
  const adapter: ChatAdapter = {
    platform,
    limits: { textLengthMax: 4_000, choicesMax: 10, choiceLabelLengthMax: 80 },
    start() {
      const outcome = outcomes[state.starts++]
      if (outcome !== undefined) return Promise.reject(outcome)
      state.isUp = true
      return Promise.resolve()
    },
    send: () => Promise.resolve({ kind: 'sent', messageId: '1' }),
    stop() {
      state.isStopped = true
      return Promise.resolve()
    },
  }
  return { adapter, state }
}

const unreachable = new Error('Cannot connect: ECONNREFUSED')
const refused = new RefusedError('Cannot connect: invalid_auth')
const talk = [() => Promise.resolve(null), () => []] as const

const createStarter = (...platforms: ReturnType<typeof createPlatform>[]) =>
  createPlatformStarter({
    adapters: platforms.map(({ adapter }) => adapter),
    log: silentLog,
    pauses: { msMin: 1, msMax: 4 },
  })

test('a platform that is out of reach holds up no other, and is tried until it is there', async () => {
  const web = createPlatform('web')
  const slack = createPlatform('slack', ...Array<Error>(6).fill(unreachable))
  const starter = createStarter(web, slack)
  await starter.start(...talk)
  expect(web.state.isUp).toBe(true)
  expect(slack.state.isUp).toBe(false)
  await vi.waitFor(() => {
    expect(slack.state).toMatchObject({ isUp: true, starts: 7 })
  })
  await starter.stop()
  expect([web.state.isStopped, slack.state.isStopped]).toEqual([true, true])
})

test('a platform that refuses is not asked again, whenever it does', async () => {
  const web = createPlatform('web')
  const slack = createPlatform('slack', refused)
  const discord = createPlatform('discord', unreachable, refused)
  const telegram = createPlatform('telegram', ...Array<Error>(9).fill(unreachable))
  const starter = createStarter(web, slack, discord, telegram)
  await starter.start(...talk)
  await vi.waitFor(() => {
    expect(telegram.state.isUp).toBe(true)
  })
  expect(slack.state).toMatchObject({ isUp: false, starts: 1 })
  expect(discord.state).toMatchObject({ isUp: false, starts: 2 })
  await starter.stop()
})

test('with no platform at all in reach, the start fails', async () => {
  const starter = createStarter(
    createPlatform('slack', unreachable),
    createPlatform('discord', refused),
  )
  await expect(starter.start(...talk)).rejects.toBeInstanceOf(OperatorError)
  await starter.stop()
})

test('what is stopped is not tried again', async () => {
  const slack = createPlatform('slack', ...Array<Error>(99).fill(unreachable))
  const starter = createStarter(createPlatform('web'), slack)
  await starter.start(...talk)
  await starter.stop()
  const { starts } = slack.state
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(slack.state.starts).toBe(starts)
})
