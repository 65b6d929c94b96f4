// Carries one platform's due messages: claims, paces, sends and settles each once. Knows no platform but its policy, and
// no words. Another platform's courier never waits for this one.

import type { ChatAdapter } from '../chat/adapter.ts'
import type { ConversationId } from '../chat/message.ts'
import type { Receipt } from '../chat/receipt.ts'
import type { Reply } from '../chat/reply.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { StoreUnavailableError, type Store } from '../store/store.ts'
import { createBatcher, type Batcher } from './batcher.ts'
import { createBell, type Bell, type Sleep } from './bell.ts'
import { createBreaker } from './breaker.ts'
import type { Compose, ComposeRetired } from './compose.ts'
import type { CourierTimes } from './courier-times.ts'
import type { Claim, Settlement } from './delivery.ts'
import { createPacer, type Pacer } from './pacer.ts'
import type { PlatformPolicy } from './platform-policy.ts'
import { persist } from './persist.ts'
import { dropOverdue, prepareClaim, type Prepared, type PrepareOptions } from './prepare.ts'
import { retireConversation } from './retire.ts'
import { sendWithin } from './send.ts'
import { judgeReceipt } from './verdict.ts'

/** In hand. A transaction costs as much as a hundred of them. */
const claimsMax = 1_000
/** Claims wait for a turn in memory: few enough that their leases outlast the wait. */
const claimsPerTurn = 10
/** For an adapter to answer a send that was called off, and for its settlement. */
const abandonMsMax = 3_000
const idleMsMax = 30_000
/** Before another look at what is due and cannot be claimed at the moment, or at a database that cannot be used. */
const unclaimableMs = 1_000

export type CourierOptions = {
  readonly adapter: ChatAdapter
  readonly policy: PlatformPolicy
  readonly times: CourierTimes
  readonly store: Store
  readonly compose: Compose
  readonly composeRetired: ComposeRetired
  readonly clock: Clock
  readonly sleep: Sleep
  readonly random: () => number
  readonly log: Log
  /** Of this process alone: leases are in its name. */
  readonly owner: string
}

export class Courier {
  readonly #options: CourierOptions
  readonly #bell: Bell
  readonly #pacer: Pacer
  readonly #breaker = createBreaker()
  readonly #active = new Map<ConversationId, Promise<void>>()
  readonly #prepareOptions: PrepareOptions
  readonly #activeMax: number
  /** The settlement included. */
  readonly #sendMsLongest: number
  readonly #start: Batcher<string, ReadonlySet<string>>
  readonly #settle: Batcher<Settlement, ReadonlySet<string>>
  readonly #release: Batcher<string, void>
  readonly #stopping = new AbortController()
  readonly #abandon = new AbortController()
  #failure: { readonly error: unknown } | null = null

  constructor(options: CourierOptions) {
    const { store, owner, clock, sleep, policy, times } = options
    this.#options = options
    this.#bell = createBell(sleep)
    this.#pacer = createPacer(policy, sleep)
    this.#prepareOptions = { ...options, pacer: this.#pacer }
    this.#activeMax = Math.min(claimsMax, policy.inFlightMax * claimsPerTurn)
    this.#sendMsLongest = times.sendMsMax + times.settleMsMax
    // Where one is sent at a time, none waits for others: on Telegram, what is sent and not settled may double.
    const batchMax = Math.min(claimsMax, policy.inFlightMax)
    const patiently = <Result>(work: () => Promise<Result>) =>
      persist(work, times.settleMsMax, sleep)
    this.#start = createBatcher(
      (keys) =>
        patiently(() => {
          const now = clock.now()
          return store.startSending(
            owner,
            keys,
            now,
            now.add({ milliseconds: this.#sendMsLongest }),
          )
        }),
      batchMax,
    )
    this.#settle = createBatcher(
      (settlements) => patiently(() => store.settle(owner, settlements, clock.now())),
      batchMax,
    )
    this.#release = createBatcher((keys) => patiently(() => store.release(owner, keys)), batchMax)
  }

  /** Until it is stopped. Rejects on a mistake of ours. */
  async run(): Promise<void> {
    const { sleep, log, adapter } = this.#options
    while (!this.#stopping.signal.aborted) {
      try {
        const claimed = await this.#claimMore()
        if (claimed === 0) await this.#bell.wait(await this.#idleMs())
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error
        log.error({ error, platform: adapter.platform }, 'Reminders wait for the database')
        await sleep(unclaimableMs, this.#stopping.signal)
      }
    }
  }

  /** Everything that is due now and can be sent, to the end. */
  async drain(): Promise<void> {
    for (;;) {
      const claimed = await this.#claimMore()
      if (claimed === 0 && this.#active.size === 0) return
      if (claimed === 0) await Promise.race(this.#active.values())
    }
  }

  wake(): void {
    this.#bell.ring()
  }

  /** Finishes what is being sent and gives the rest back; after `graceMs` it gives up on what hangs. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort()
    this.#bell.ring()
    const finished = new AbortController()
    const giveUp = async () => {
      await this.#options.sleep(graceMs, finished.signal)
      this.#abandon.abort()
      await this.#options.sleep(abandonMsMax, finished.signal)
    }
    await Promise.race([Promise.all(this.#active.values()), giveUp()])
    finished.abort()
  }

  async #idleMs(): Promise<number> {
    const { store, clock, adapter } = this.#options
    const now = clock.now()
    if (this.#isBusy()) return idleMsMax
    const pauseMs = this.#breaker.pauseLeft(now)
    if (pauseMs > 0) return Math.min(pauseMs, idleMsMax)
    const dueAt = await store.nextDueAt([adapter.platform])
    const waitMs = dueAt === null ? idleMsMax : dueAt.epochMilliseconds - now.epochMilliseconds
    return waitMs > 0 ? Math.min(waitMs, idleMsMax) : unclaimableMs
  }

  /** Claims come by the batch, half of what may be in hand: while one is sent and settled, the next is claimed. */
  #isBusy(): boolean {
    return this.#active.size > this.#activeMax / 2
  }

  async #claimMore(): Promise<number> {
    if (this.#failure !== null) throw this.#failure.error
    if (this.#stopping.signal.aborted) return 0
    const { store, owner, clock, adapter, times } = this.#options
    const now = clock.now()
    const room = Math.min(this.#activeMax, this.#breaker.room(now)) - this.#active.size
    if (room <= 0 || this.#isBusy()) return 0
    const leaseUntil = now.add({ milliseconds: times.leaseMs })
    const claims = await store.claimDue({
      owner,
      now,
      leaseUntil,
      platforms: [adapter.platform],
      limit: Math.min(room, Math.ceil(this.#activeMax / 2)),
    })
    let taken = 0
    for (const claim of claims) {
      // Our own lease has run out early because the clock jumped: the message is in hand already.
      if (this.#active.has(claim.conversation)) continue
      taken++
      this.#active.set(claim.conversation, this.#track(claim, leaseUntil))
    }
    return taken
  }

  async #track(claim: Claim, leaseUntil: Temporal.Instant): Promise<void> {
    const { log, adapter } = this.#options
    try {
      await this.#carry(claim, leaseUntil)
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) this.#failure ??= { error }
      // The lease ends by itself; what may have been sent is then known as such.
      else log.error({ error, platform: adapter.platform }, 'A reminder waits for the database')
    } finally {
      this.#active.delete(claim.conversation)
      if (!this.#isBusy() || this.#failure !== null) this.#bell.ring()
    }
  }

  async #carry(claim: Claim, leaseUntil: Temporal.Instant): Promise<void> {
    // Without waiting for a turn: a thousand that are too late hold up none that is on time.
    const overdue = dropOverdue(claim, this.#options.clock.now(), this.#options.policy)
    if (overdue !== null) {
      await this.#finish(overdue)
      return
    }
    await this.#pacer.takeTurn()
    try {
      await this.#pacer.keepPace(this.#stopping.signal)
      const now = this.#options.clock.now()
      if (this.#mustGiveBack(leaseUntil, now)) {
        await this.#release(claim.messageKey)
        return
      }
      const prepared = await this.#prepare(claim, now)
      if (prepared.kind === 'settle') await this.#finish(prepared.settlement)
      else await this.#deliver(prepared.claim, prepared.reply, prepared.missed)
    } finally {
      this.#pacer.giveBack()
    }
  }

  async #prepare(claim: Claim, now: Temporal.Instant): Promise<Prepared> {
    try {
      return await prepareClaim(claim, now, this.#prepareOptions)
    } catch (error) {
      // Nothing has been sent: another may have it as soon as the database is back.
      if (error instanceof StoreUnavailableError) await this.#release(claim.messageKey)
      throw error
    }
  }

  #mustGiveBack(leaseUntil: Temporal.Instant, now: Temporal.Instant): boolean {
    const isShort = leaseUntil.epochMilliseconds - now.epochMilliseconds < this.#sendMsLongest
    return isShort || this.#stopping.signal.aborted || this.#breaker.pauseLeft(now) > 0
  }

  async #deliver(claim: Claim, reply: Reply, missed: readonly string[]): Promise<void> {
    const { store } = this.#options
    const receipt = await this.#send(claim, reply)
    if (receipt?.kind !== 'refused' || receipt.movedTo === undefined) {
      if (receipt !== null) await this.#conclude(claim, receipt, missed)
      return
    }
    const moved = { ...claim, conversation: receipt.movedTo }
    await store.moveConversation(claim.conversation, moved.conversation)
    const final = await this.#send(moved, reply)
    if (final !== null) await this.#conclude(moved, final, missed)
  }

  /** Null when it is not ours to send any more. */
  async #send({ conversation, messageKey }: Claim, reply: Reply): Promise<Receipt | null> {
    const { adapter, sleep, log, times } = this.#options
    const started = await this.#start(messageKey)
    if (!started.has(messageKey)) {
      log.info({ platform: adapter.platform }, 'A reminder was withdrawn or has gone elsewhere')
      return null
    }
    const limits = { msMax: times.sendMsMax, sleep, abandon: this.#abandon.signal, log }
    return await sendWithin(adapter, conversation, reply, messageKey, limits)
  }

  async #conclude(claim: Claim, receipt: Receipt, missed: readonly string[]): Promise<void> {
    const { clock, random, policy, log, adapter } = this.#options
    const now = clock.now()
    const result = { claim, receipt, missed, policy, now, random: random() }
    const verdict = judgeReceipt(result)
    if (this.#breaker.note(verdict.sign, now)) {
      const isUp = verdict.sign === 'well'
      log.warn({ platform: adapter.platform, isUp }, 'Reminders: a platform went down or came back')
    }
    await this.#finish(verdict.settlement)
    if (receipt.kind !== 'refused') return
    const { reason } = receipt
    if (verdict.retires)
      await retireConversation(claim, reason, this.#options, this.#abandon.signal)
    else log.error({ platform: adapter.platform, reason }, 'A platform refused a reminder')
  }

  async #finish(settlement: Settlement): Promise<void> {
    const { log, adapter } = this.#options
    const settled = await this.#settle(settlement)
    const { kind, messageKey } = settlement
    const reason = 'error' in settlement ? settlement.error : undefined
    const details = { platform: adapter.platform, kind, reason }
    if (!settled.has(messageKey)) log.warn(details, 'A reminder was withdrawn or settled elsewhere')
    else log[levelOf(kind)](details, 'Reminder settled')
  }
}

function levelOf(kind: Settlement['kind']): 'debug' | 'info' | 'warn' {
  switch (kind) {
    case 'sent':
    case 'deferred':
      return 'debug'
    case 'missed':
    case 'refused':
      return 'info'
    case 'uncertain':
      return 'warn'
  }
}
