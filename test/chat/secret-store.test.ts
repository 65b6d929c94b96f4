// Sealed secrets: read back by who has the key, and by nobody else.

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { sealSecrets } from '../../src/chat/secret-store.ts'

const createStore = () => {
  const kept = new Map<string, Uint8Array>()
  const store = {
    read: (name: string) => Promise.resolve(kept.get(name) ?? null),
    write: (name: string, value: Uint8Array) => Promise.resolve(void kept.set(name, value)),
    remove: (name: string) => Promise.resolve(void kept.delete(name)),
  }
  return { kept, store }
}
const key = randomBytes(32)
const secret = Buffer.from('xoxb-token')

test('what was written is read, and is not kept in the clear', async () => {
  const { kept, store } = createStore()
  const sealed = sealSecrets(store, key)
  await sealed.write('a', secret)
  expect(Buffer.from((await sealed.read('a')) ?? []).toString()).toBe('xoxb-token')
  expect(Buffer.from(kept.get('a') ?? []).includes('xoxb')).toBe(false)
  await sealed.remove('a')
  expect(await sealed.read('a')).toBeNull()
})

test('another key, another name and a changed byte are refused', async () => {
  const { kept, store } = createStore()
  await sealSecrets(store, key).write('a', secret)
  await expect(sealSecrets(store, randomBytes(32)).read('a')).rejects.toThrow()
  kept.set('b', kept.get('a') ?? new Uint8Array())
  await expect(sealSecrets(store, key).read('b')).rejects.toThrow()
  const changed = Buffer.from(kept.get('a') ?? [])
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  kept.set('a', changed)
  await expect(sealSecrets(store, key).read('a')).rejects.toThrow()
})
