import { isRecord } from '../protocol/is-record';
import { firstNames } from './body-view';
import type { ObjectField } from './body-view';
import type { Finder } from './lead';
import type { Sight } from './sight';

/** An object of parameters to be sent along: its members are called like parameters of the request (MediaWiki's `continue`). */
export const findSpread: Finder = (sight, list) =>
  sight.body.objects
    .filter(
      (field) => !list.pointer.startsWith(`${field.pointer}/`) && isContinuation(field, sight),
    )
    .map(({ pointer, words }) => ({
      description: {
        kind: 'cursor' as const,
        ...(sight.request.hasBody && { in: 'body' as const, param: sight.request.bodyParent }),
        spread: true,
        next: pointer,
      },
      confidence: 0.88,
      isFirm: true,
      evidence: [
        { found: `an object of parameters called ${words.join(' ')}`, at: pointer, weight: 0.88 },
      ],
    }));

function isContinuation({ words, value, name }: ObjectField, { request }: Sight): boolean {
  if (!['continue', 'continuation', 'query continue', 'next'].includes(words.join(' '))) {
    return false;
  }
  const members = firstNames(value, 21).map((key) => [key, value[key]] as const);
  const fits =
    members.length > 0 &&
    members.length <= 20 &&
    members.every(([, one]) => typeof one === 'string' || typeof one === 'number');
  if (!fits || !isRecord(value)) return false;
  // One is called like the object itself, or begins like a parameter of the request: cmcontinue beside cmlimit.
  return (
    Object.hasOwn(value, name) ||
    members.some(([key]) =>
      request.slots.some(
        (slot) => key.endsWith(name) && slot.name.startsWith(key.slice(0, -name.length)),
      ),
    )
  );
}
