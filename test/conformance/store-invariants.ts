// What must hold in the tables after every transaction, whatever was done.

import { expect } from 'vitest'
import type { Row, TestDatabase } from '../store/engines.ts'

const settledStates = ['sent', 'refused', 'missed', 'uncertain']

export async function expectInvariants({ query }: Pick<TestDatabase, 'query'>): Promise<void> {
  const deliveries = await query('select * from delivery')
  const lanes = await query('select * from lane')
  const laneOf = new Map(lanes.map((lane) => [lane['conversation'], lane]))
  const conversationOf = new Map(
    (await query('select id, conversation from subscription')).map((row) => [
      row['id'],
      row['conversation'],
    ]),
  )
  for (const delivery of deliveries) {
    expect(delivery['conversation']).toBe(conversationOf.get(delivery['subscription']))
    const isSettled = settledStates.includes(String(delivery['state']))
    expect(delivery['settled_at'] !== null).toBe(isSettled)
    if (isSettled) {
      expect(delivery['under_way']).toBe(0)
      continue
    }
    const lane = laneOf.get(delivery['conversation'])
    expect(lane, `${String(delivery['conversation'])} has no lane`).toBeDefined()
    if (delivery['under_way'] === 1) expect(lane?.['message_key']).not.toBeNull()
  }
  for (const lane of lanes) expectLane(lane, deliveries)
}

function expectLane(lane: Row, deliveries: readonly Row[]): void {
  const own = deliveries.filter(({ conversation }) => conversation === lane['conversation'])
  if (lane['message_key'] !== null) {
    expect(own.some((delivery) => delivery['under_way'] === 1)).toBe(true)
    return
  }
  const pending = own.filter(({ state }) => state === 'pending').map((row) => Number(row['due_at']))
  expect(pending, 'a lane has something to wait for').not.toHaveLength(0)
  expect({
    ...lane,
    due_at: Number(lane['due_at']),
  }).toMatchObject({
    due_at: Math.min(...pending),
    owner: null,
    attempt: 0,
    sending: 0,
    possible_sends: 0,
  })
}
