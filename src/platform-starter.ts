// Starts the platforms and stops them: one that cannot be reached takes no other down, and is tried again until it can be.
// Knows no platform.

import { setTimeout as pause } from 'node:timers/promises'
import type { ChatAdapter, Receive, Suggest } from './chat/adapter.ts'
import { RefusedError } from './chat/refused-error.ts'
import type { Log } from './log.ts'
import { OperatorError } from './operator-error.ts'

export type PlatformStarterOptions = {
  readonly adapters: readonly ChatAdapter[]
  readonly log: Log
  /** Between two tries; they double up to the longest. */
  readonly pauses?: { readonly msMin: number; readonly msMax: number }
}

export type PlatformStarter = {
  /** Resolves when each has been tried once. Rejects when not one could be reached: the supervisor is to start again. */
  readonly start: (receive: Receive, suggest: Suggest) => Promise<void>
  /** Those too that have not been reached yet. */
  readonly stop: () => Promise<void>
}

type Outcome = 'up' | 'refused' | 'unreachable'

const defaultPauses = { msMin: 30_000, msMax: 10 * 60_000 }

export function createPlatformStarter({
  adapters,
  log,
  pauses = defaultPauses,
}: PlatformStarterOptions): PlatformStarter {
  const stopping = new AbortController()
  const trying: Promise<void>[] = []

  const connect = async (
    adapter: ChatAdapter,
    receive: Receive,
    suggest: Suggest,
  ): Promise<Outcome> => {
    try {
      await adapter.start(receive, suggest)
      return 'up'
    } catch (error) {
      const outcome = error instanceof RefusedError ? 'refused' : 'unreachable'
      const reason = error instanceof Error ? error.message : String(error)
      log.error({ platform: adapter.platform, outcome, reason }, 'Cannot start a platform')
      return outcome
    }
  }
  const tryAgain = async (adapter: ChatAdapter, receive: Receive, suggest: Suggest) => {
    const { signal } = stopping
    for (let ms = pauses.msMin; ; ms = Math.min(2 * ms, pauses.msMax)) {
      await pause(ms, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      if ((await connect(adapter, receive, suggest)) !== 'unreachable') return
    }
  }
  return {
    async start(receive, suggest) {
      const connecting = adapters.map(async (adapter) => {
        const outcome = await connect(adapter, receive, suggest)
        if (outcome === 'unreachable') trying.push(tryAgain(adapter, receive, suggest))
        return outcome
      })
      if ((await Promise.all(connecting)).includes('up')) return
      throw new OperatorError('Cannot start: no platform could be reached, the log says why')
    },
    async stop() {
      stopping.abort()
      await Promise.all(adapters.map((adapter) => adapter.stop()))
      await Promise.all(trying)
    },
  }
}
