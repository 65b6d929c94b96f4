// The reminder service over a real store, with a clock that stands still and platforms that write down what they receive.

import { createReply } from '../../src/chat/reply.ts'
import type { Milestone, OwnMilestone } from '../../src/calendar/calendar.ts'
import type { Platform } from '../../src/chat/message.ts'
import { silentLog, type Log } from '../../src/log.ts'
import type { Compose } from '../../src/reminders/compose.ts'
import type { MilestoneSource } from '../../src/reminders/planning.ts'
import {
  createReminderService,
  type ReminderService,
  type ReminderServiceOptions,
} from '../../src/reminders/reminder-service.ts'
import type { Subscription } from '../../src/reminders/subscription.ts'
import { openMemoryStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { RecordingAdapter } from './recording-adapter.ts'
import { makeJurisdiction, makeSubscription } from './samples.ts'
import { VirtualTime } from './virtual-time.ts'

export class Rig {
  readonly time: VirtualTime
  readonly store: Store
  readonly adapters: ReadonlyMap<Platform, RecordingAdapter>
  milestones: readonly Milestone[] = []
  version = '1'
  readonly logged: string[] = []
  #processes = 0

  static async open(start: string, ...platforms: Platform[]): Promise<Rig> {
    const time = new VirtualTime(start)
    return new Rig(
      time,
      await openMemoryStore(time),
      platforms.length > 0 ? platforms : ['terminal'],
    )
  }

  private constructor(time: VirtualTime, store: Store, platforms: readonly Platform[]) {
    this.time = time
    this.store = store
    this.adapters = new Map(
      platforms.map((platform) => [platform, new RecordingAdapter(platform, time.now)]),
    )
  }

  adapter(platform: Platform = 'terminal'): RecordingAdapter {
    const adapter = this.adapters.get(platform)
    if (adapter === undefined) throw new Error(`The rig has no ${platform}`)
    return adapter
  }

  /** Another process on the same store and the same platforms. */
  startProcess(changes: Partial<ReminderServiceOptions> = {}): ReminderService {
    return createReminderService({
      store: this.store,
      adapters: [...this.adapters.values()],
      calendar: () => this.#calendar(),
      compose: this.compose,
      composeRetired: (subscriptions, reason) =>
        Promise.resolve(say(`${subscriptions.length} ended: ${reason}`)),
      clock: this.time,
      sleep: this.time.sleep,
      random: () => 1,
      log: this.#log(),
      owner: `process-${++this.#processes}`,
      ...changes,
    })
  }

  async subscribe(changes: Partial<Subscription> = {}): Promise<Subscription> {
    const now = this.time.now()
    const subscription = makeSubscription({ createdAt: now, activeSince: now, ...changes })
    await this.store.writeSubscription(subscription)
    return subscription
  }

  /** A tick every half hour, as a process that runs would. */
  async tickUntil(service: ReminderService, until: string): Promise<void> {
    const end = Temporal.Instant.from(until)
    while (Temporal.Instant.compare(this.time.now(), end) < 0) {
      await this.time.until(service.tick())
      const next = this.time.now().add({ minutes: 30 }).round({ smallestUnit: 'minute' })
      await this.time.advanceTo((Temporal.Instant.compare(next, end) < 0 ? next : end).toString())
    }
    await this.time.until(service.tick())
  }

  texts(platform: Platform = 'terminal'): string[] {
    return this.adapter(platform).received.map(({ at, text }) => `${at} ${text}`)
  }

  readonly compose: Compose = async ({ conversation, deliveries }, now, note) => {
    const own = (await this.store.listOwnMilestones([conversation])).get(conversation) ?? []
    const added = own.map(({ milestone }) => milestone)
    const milestones = this.#calendar().listMilestones('kenya', added)
    const lines: string[] = []
    const stale: string[] = []
    for (const { id, milestone: key, dueDate, occasion } of deliveries) {
      const milestone = milestones.find((one) => one.key === key)
      const date = milestone?.when.kind === 'day' ? milestone.when.date : null
      if (date === null || !date.equals(dueDate)) stale.push(id)
      else {
        const days = now.toZonedDateTimeISO('UTC').toPlainDate().until(date).days
        lines.push(`${key.split('/').at(-1) ?? ''} ${occasion.split(':')[0] ?? ''} in ${days}`)
      }
    }
    if (lines.length === 0) return null
    const marks = [...(note.isLate ? ['late'] : []), ...(note.mayRepeat ? ['again?'] : [])]
    return { reply: say([...marks, ...new Set(lines)].join(', ')), stale }
  }

  #calendar() {
    return {
      version: this.version,
      jurisdictions: [makeJurisdiction().id],
      listMilestones: (id: string, own: readonly OwnMilestone[]) => [
        ...this.milestones.filter(({ jurisdiction }) => jurisdiction.id === id),
        ...own.map(({ id: name, title, date }): Milestone => ({
          key: `${id}/own/${name}`,
          jurisdiction: makeJurisdiction({ id }),
          title,
          force: 'information',
          when: { kind: 'day', date },
          basis: 'confirmed',
          provenance: 'conversation',
          isMet: false,
          mayRemind: true,
        })),
      ],
    } satisfies MilestoneSource
  }

  #log(): Log {
    const note = (details: object, message: string) => {
      this.logged.push(`${message} ${JSON.stringify(details)}`)
    }
    return { ...silentLog, warn: note, error: note }
  }
}

const say = (text: string) => createReply('shared', 'en', [{ kind: 'text', text }])
