/** Arguments that do not fit together; shown with the help of the command. Never holds a value that may be a secret. */
export class UsageMistake extends Error {
  override readonly name = 'UsageMistake';
}
