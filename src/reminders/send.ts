// One send, within its time: whatever an adapter does, there is a receipt in the end.

import type { ChatAdapter } from '../chat/adapter.ts'
import type { ConversationId } from '../chat/message.ts'
import type { Receipt } from '../chat/receipt.ts'
import type { Reply } from '../chat/reply.ts'
import type { Log } from '../log.ts'
import { createBell, type Sleep } from './bell.ts'

/** For an adapter to say what became of a send that was called off. */
const abortMsMax = 2_000

export type SendLimits = {
  readonly msMax: number
  readonly sleep: Sleep
  /** Ends the send before its time. */
  readonly abandon: AbortSignal
  readonly log: Log
}

export async function sendWithin(
  adapter: ChatAdapter,
  to: ConversationId,
  reply: Reply,
  deliveryKey: string,
  { msMax, sleep, abandon, log }: SendLimits,
): Promise<Receipt> {
  const abort = new AbortController()
  const bell = createBell(sleep)
  let isDone = false
  const callOff = async (): Promise<Receipt> => {
    await bell.wait(msMax)
    if (!isDone) {
      abort.abort(new Error('The send took too long'))
      await bell.wait(abortMsMax)
    }
    return { kind: 'uncertain', cause: new Error('The adapter gave no receipt') }
  }
  const send = async (): Promise<Receipt> => {
    try {
      return await adapter.send(to, reply, { signal: abort.signal, deliveryKey })
    } catch (cause) {
      // Against the port's contract: what it did before it threw is not known.
      log.error(
        { error: cause, platform: adapter.platform },
        'An adapter threw instead of a receipt',
      )
      return { kind: 'uncertain', cause }
    }
  }
  if (abandon.aborted) bell.ring()
  else abandon.addEventListener('abort', bell.ring)
  try {
    return await Promise.race([send(), callOff()])
  } finally {
    isDone = true
    bell.ring()
    abandon.removeEventListener('abort', bell.ring)
  }
}
