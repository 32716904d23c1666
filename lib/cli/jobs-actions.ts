import { cleanedCause } from '../core/cleaned-cause';

import { databaseAdvice } from './database-advice';
import { EXIT } from './exit-codes';
import type { Around } from './export-list';
import type * as Jobs from './jobs';
import type { JobsActions } from './jobs-command';
import { messageText } from './visible-text';

/**
 * What `jobs` does, with the queue, which the other commands need not wait for.
 * @param prepare called when one of them begins
 */
export function jobsActions(prepare: () => Around): JobsActions {
  const withJobs = async (
    act: (jobs: typeof Jobs, around: Around) => Promise<number>,
  ): Promise<number> => {
    const around = prepare();
    try {
      return await act(await import('./jobs'), around);
    } catch (error) {
      // Without the variable the database is one of this machine, started as it is needed.
      const advice = (process.env['DATABASE_URL'] ?? '') === '' ? undefined : databaseAdvice(error);
      if (advice === undefined) throw error;
      const { message } = cleanedCause(error);
      around.messages.line(`paged-observable: FAILED: ${messageText(message)}; ${advice}`);
      return EXIT.failed;
    }
  };
  return {
    start: (list, flags) => withJobs((jobs, around) => jobs.start(list, flags, around)),
    work: (flags) => withJobs((jobs, around) => jobs.work(flags, around)),
    status: (id, flags) => withJobs((jobs, around) => jobs.status(id, flags, around)),
    retry: (id, flags) => withJobs((jobs, around) => jobs.retry(id, flags, around)),
    merge: (id, flags) => withJobs((jobs, around) => jobs.merge(id, flags, around)),
    cancel: (id) => withJobs((jobs, around) => jobs.cancel(id, around)),
    remove: (id) => withJobs((jobs, around) => jobs.remove(id, around)),
  };
}
