// A platform that refuses the assistant: only its operator can put that right, and asking again may get an address banned.

export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}
