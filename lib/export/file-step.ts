/** What has just been done to the files of an export, in the order in which a crash can come between. */
type FileStep =
  | 'data written'
  | 'data synced'
  | 'checkpoint written'
  | 'checkpoint synced'
  | 'checkpoint renamed'
  | 'folder synced'
  | 'output renamed'
  | 'output folder synced';

/** Called after each step; for tests, which end the process there or fail the step. */
export type OnFileStep = (step: FileStep) => void | Promise<void>;
