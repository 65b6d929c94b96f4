// Every step between a wish and its receipt, before and after: where a process may die.

import { platforms, type Fault } from './order.ts'

const planning = ['takeDuty', 'replaceDeliveries', 'addDeliveries', 'writeKnownMilestones']
const sending = ['claimDue', 'startSending', 'send', 'settle']
const around = (step: string) =>
  step === 'send' ? ['send.before', 'send.received'] : [`${step}.before`, `${step}.after`]

/** Between these, the platform has the message and the store has no receipt: the one window in which a message may double. */
export const isInWindow = ({ point, platform }: Fault): boolean =>
  platform === 'telegram' && ['send.received', 'settle.before'].includes(point)

/** `startSending` and `send`: the second, so that something has been sent before. */
const countOf = (point: string) => (/^(startSending|send)\./.test(point) ? 2 : 1)

export const planningFaults: readonly Fault[] = planning
  .flatMap(around)
  .map((point) => ({ point, platform: '', count: 1 }))

export const sendingFaults: readonly Fault[] = platforms.flatMap((platform) =>
  sending.flatMap(around).map((point) => ({ point, platform, count: countOf(point) })),
)

/** Every step once, and the steps at which platforms differ on each of them. */
export const sendingFaultsOnce: readonly Fault[] = sendingFaults.filter(
  (fault) => fault.platform === 'telegram' || isInWindow({ ...fault, platform: 'telegram' }),
)
