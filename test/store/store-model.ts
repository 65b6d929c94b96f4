// The store's deliveries as a few maps: what the real one must do, said as plainly as possible. The oracle of a property test.

import type {
  Claim,
  Delivery,
  DeliveryState,
  PlannedDelivery,
  Settlement,
} from '../../src/reminders/delivery.ts'
import type { Subscription } from '../../src/reminders/subscription.ts'
import type { ClaimOptions } from '../../src/store/store.ts'

type Item = PlannedDelivery & { state: DeliveryState; message: Message | null }
/** A claim and all its attempts. */
type Message = {
  owner: string | null
  /** End of the lease, or the retry. */
  until: number
  attempt: number
  sending: boolean
  possibleSends: number
}

/** What two stores can be compared by: their keys and ids differ. */
export type Seen = Omit<Claim, 'messageKey' | 'deliveries'> & {
  readonly deliveries: readonly string[]
}

export const nameOf = (delivery: Pick<Delivery, 'subscription' | 'milestone' | 'occasion'>) =>
  `${delivery.subscription} ${delivery.milestone} ${delivery.occasion}`

export class StoreModel {
  readonly subscriptions = new Map<string, Subscription>()
  readonly items = new Map<string, Item>()
  readonly done = new Set<string>()

  write(subscription: Subscription): void {
    const known = this.subscriptions.get(subscription.id)
    const { conversation, platform } = known ?? subscription
    this.subscriptions.set(subscription.id, { ...subscription, conversation, platform })
    if (subscription.state !== 'active')
      this.#withdraw((item) => item.subscription === subscription.id)
  }

  remove(id: string): void {
    this.#withdraw((item) => item.subscription === id)
    this.subscriptions.delete(id)
    for (const [name, item] of this.items) if (item.subscription === id) this.items.delete(name)
  }

  retire(conversation: string): number {
    const retired = [...this.subscriptions.values()].filter(
      (one) => one.conversation === conversation && one.state !== 'retired',
    )
    for (const one of retired) this.write({ ...one, state: 'retired' })
    return retired.length
  }

  markDone(conversation: string, milestone: string): void {
    this.done.add(`${conversation} ${milestone}`)
    this.#withdraw(
      (item) => this.#conversationOf(item) === conversation && item.milestone === milestone,
    )
  }

  move(from: string, to: Subscription['conversation']): void {
    if (from === (to as string)) return
    const leaving = this.#messageOf(from)
    if (leaving !== null && this.#messageOf(to) !== null) this.#undo(leaving)
    for (const [id, one] of this.subscriptions) {
      if (one.conversation === from) this.subscriptions.set(id, { ...one, conversation: to })
    }
    for (const key of [...this.done].filter((each) => each.startsWith(`${from} `))) {
      this.done.delete(key)
      this.done.add(key.replace(from, to))
    }
  }

  plan(planned: readonly PlannedDelivery[], replaced: readonly string[], now: Temporal.Instant) {
    const admitted = planned.filter(
      (each) => this.subscriptions.get(each.subscription)?.state === 'active',
    )
    const wanted = new Map(admitted.map((each) => [nameOf(each), each]))
    let removed = 0
    for (const [name, item] of this.items) {
      if (!replaced.includes(item.subscription)) continue
      if (item.state !== 'pending' || item.message !== null) continue
      const same = wanted.get(name)
      if (same !== undefined) Object.assign(item, { dueAt: same.dueAt, notAfter: same.notAfter })
      else if (item.occasion.startsWith('lead:') && ms(item.notAfter) > ms(now)) {
        this.items.delete(name)
        removed++
      }
    }
    let added = 0
    for (const [name, each] of wanted) {
      if (this.items.has(name)) continue
      if (this.done.has(`${this.#conversationOf(each)} ${each.milestone}`)) continue
      this.items.set(name, { ...each, state: 'pending', message: null })
      added++
    }
    return { added, removed }
  }

  claim({ owner, now, leaseUntil, limit, platforms }: ClaimOptions): [Seen, Message][] {
    const due = [...new Set([...this.items.values()].map((item) => this.#conversationOf(item)))]
      .map((conversation) => ({ conversation, at: this.#dueAt(conversation) }))
      .filter(({ at }) => at <= ms(now))
      .sort((a, b) => a.at - b.at || (a.conversation < b.conversation ? -1 : 1))
      .filter(({ conversation }) => platforms.includes(this.#platformOf(conversation)))
      .slice(0, limit)
    return due.map(({ conversation }) => {
      const message = this.#messageOf(conversation) ?? {
        owner,
        until: 0,
        attempt: 0,
        sending: false,
        possibleSends: 0,
      }
      const isFresh = message.attempt === 0
      const items = [...this.items.values()].filter((item) =>
        isFresh
          ? this.#conversationOf(item) === conversation &&
            item.state === 'pending' &&
            ms(item.dueAt) <= ms(now)
          : item.message === message,
      )
      for (const item of items) item.message = message
      message.owner = owner
      message.until = ms(leaseUntil)
      message.attempt++
      if (message.sending) message.possibleSends++
      message.sending = false
      const seen = {
        conversation: items.map((item) => this.subscriptions.get(item.subscription))[0]
          ?.conversation as Claim['conversation'],
        platform: this.#platformOf(conversation),
        attempt: message.attempt,
        possibleSends: message.possibleSends,
        deliveries: items.map(nameOf).sort(),
      }
      return [seen, message]
    })
  }

  startSending(owner: string, message: Message, now: Temporal.Instant, until: Temporal.Instant) {
    if (!this.#isHeld(owner, message) || message.until <= ms(now)) return false
    message.until = Math.max(message.until, ms(until))
    message.sending = true
    return true
  }

  settle(owner: string, message: Message, settlement: Settlement): boolean {
    if (!this.#isHeld(owner, message)) return false
    const items = this.#itemsOf(message)
    if (settlement.kind === 'deferred') {
      message.owner = null
      message.until = ms(settlement.retryAt)
      message.sending = false
      if (settlement.maybeSent) message.possibleSends++
    } else {
      for (const item of items) Object.assign(item, { state: settlement.kind, message: null })
    }
    return true
  }

  release(owner: string, message: Message): void {
    if (!this.#isHeld(owner, message) || message.sending) return
    message.owner = null
    message.attempt--
    if (message.attempt === 0) {
      this.#undo(message)
      return
    }
    message.until = Math.min(...this.#itemsOf(message).map(({ dueAt }) => ms(dueAt)))
  }

  count(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { state } of this.items.values()) counts[state] = (counts[state] ?? 0) + 1
    return counts
  }

  nextDueAt(): number | null {
    const conversations = [...this.items.values()].map((item) => this.#conversationOf(item))
    const next = Math.min(...conversations.map((conversation) => this.#dueAt(conversation)))
    return Number.isFinite(next) ? next : null
  }

  #dueAt(conversation: string): number {
    const message = this.#messageOf(conversation)
    if (message !== null) return message.until
    const pending = [...this.items.values()].filter(
      (item) => this.#conversationOf(item) === conversation && item.state === 'pending',
    )
    return Math.min(...pending.map(({ dueAt }) => ms(dueAt)))
  }

  #withdraw(which: (item: Item) => boolean): void {
    const taken = [...this.items].filter(
      ([, item]) =>
        which(item) &&
        item.state === 'pending' &&
        (item.message === null || (!item.message.sending && item.message.possibleSends === 0)),
    )
    for (const [name, item] of taken) {
      this.items.delete(name)
      if (item.message !== null) this.#undo(item.message)
    }
  }

  #undo(message: Message): void {
    for (const item of this.#itemsOf(message)) item.message = null
  }

  #itemsOf = (message: Message) =>
    [...this.items.values()].filter((item) => item.message === message)
  #isHeld = (owner: string, message: Message) =>
    message.owner === owner && this.#itemsOf(message).length > 0
  #conversationOf = ({ subscription }: { subscription: string }): string =>
    this.subscriptions.get(subscription)?.conversation ?? ''
  #platformOf = (conversation: string) =>
    [...this.subscriptions.values()].find((one) => one.conversation === conversation)?.platform ??
    'slack'
  #messageOf = (conversation: string): Message | null =>
    [...this.items.values()].find(
      (item) => this.#conversationOf(item) === conversation && item.message !== null,
    )?.message ?? null
}

export type { Message }

const ms = (instant: Temporal.Instant) => instant.epochMilliseconds
