import { excerpt } from '../protocol/excerpt';
import { codeOf } from '../strategy/code-of';
import type { Detection } from './detection';
import { suggestionsFor } from './suggestions';

/** Names in it are the server's and may be as long as it likes. */
const LONGEST_CODE = 400;
const MOST_EVIDENCE = 8;

/** The message of a walk that is not begun on a guess: what was seen, and what to write instead. */
export function refusalText(detection: Detection): string {
  const { problem = 'nothing says how it goes on', evidence, isNoList } = detection;
  if (isNoList === true) {
    return `Expected a list, and ${problem}; where it does hold one, name it with the option 'items' of a strategy`;
  }
  const seen = evidence
    .slice(0, MOST_EVIDENCE)
    .map(({ found, at }) => `${found} (${excerpt(at, 120)})`);
  const lines = suggestionsFor(detection).map(
    ({ when, description }) =>
      `\n  pagination: ${excerpt(codeOf(description), LONGEST_CODE)}, // ${when}`,
  );
  return [
    `It cannot be told for sure how this list goes on: ${excerpt(problem, 400)}.`,
    ` Seen: ${seen.join('; ')}.`,
    ` Say how it is paged with the option 'pagination'`,
    lines.length === 0
      ? ' (cursorPagination, linkPagination, numberPagination, offsetPagination, singlePage)'
      : `, for example, with the names that the API documents:${lines.join('')}\n`,
  ].join('');
}
