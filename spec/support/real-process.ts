import { runInThisContext } from 'node:vm';

/** The process itself: jest gives its tests a copy, which is never told of warnings and unhandled errors. */
export const realProcess = runInThisContext('process') as NodeJS.Process;
