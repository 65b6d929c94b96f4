// Something that the operator has to put right: said in one message, without a stack.

export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}
