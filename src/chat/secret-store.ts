// Keeping what must not be read by whoever finds the database: a small port, and the sealing in front of it.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Named secrets, outliving the process. The composition root gives one. */
export type SecretStore = {
  read(name: string): Promise<Uint8Array | null>
  write(name: string, value: Uint8Array): Promise<void>
  remove(name: string): Promise<void>
}

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/**
 * Encrypts what is written (AES-256-GCM, bound to its name) and decrypts what is read. Rejects when a value was made
 * with another key, under another name, or was tampered with.
 * @param key 32 bytes
 */
export function sealSecrets(store: SecretStore, key: Uint8Array): SecretStore {
  return {
    async read(name) {
      const sealed = await store.read(name)
      if (sealed === null) return null
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes))
      decipher.setAAD(Buffer.from(name))
      decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
      return Buffer.concat([
        decipher.update(sealed.subarray(nonceBytes + tagBytes)),
        decipher.final(),
      ])
    },
    async write(name, value) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce)
      cipher.setAAD(Buffer.from(name))
      const sealed = Buffer.concat([cipher.update(value), cipher.final()])
      await store.write(name, Buffer.concat([nonce, cipher.getAuthTag(), sealed]))
    },
    remove: (name) => store.remove(name),
  }
}
