import { join } from 'node:path';

/** What makes Node run TypeScript in a process of its own: `node ...loadTypescript file.ts`. */
export const loadTypescript = ['-r', join(__dirname, '../../scripts/register.js')] as const;
