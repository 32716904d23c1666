import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { codeOf } from '../strategy/code-of';
import type { Detection } from './detection';

export function refusalText(
  _request: PageRequest,
  _reply: PageReply,
  { problem, candidates, evidence }: Detection,
): string {
  const code = candidates.slice(0, 3).map(({ description }) => codeOf(description));
  return `It cannot be told how this list goes on: ${problem ?? ''}. Seen: ${evidence.map((e) => `${e.found} at ${e.at}`).join('; ')}. Candidates: ${code.join(' | ')}`;
}
