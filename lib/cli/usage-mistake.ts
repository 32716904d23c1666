/** Arguments that do not fit together; told like the mistakes that the parser finds. Never holds a value that may be a secret. */
export class UsageMistake extends Error {
  override readonly name = 'UsageMistake';
}
