import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import type { PaginationStrategy } from '../core/pagination-strategy';
import { defaultPagination } from '../strategy/default-pagination';
import { linkPagination } from '../strategy/link-pagination';

/** What the command does without `--strategy`: it follows the Link header, and refuses a first reply that has none. */
export function headerLinks(items: string | undefined): PaginationStrategy {
  const checked = defaultPagination();
  const links = linkPagination({ items });
  return {
    ...checked,
    id: items === undefined ? checked.id : `${checked.id}(items=${items})`,
    read: (request, reply) => {
      const reading = links.read(request, reply);
      if (saysHowItGoesOn(checked, request, reply)) return reading;
      throw new PaginationError(
        'PROTOCOL',
        'The first reply has no Link header that says how the list goes on',
      );
    },
  };
}

/** The default's own check, made on a reply without items. */
function saysHowItGoesOn(
  checked: PaginationStrategy,
  request: PageRequest,
  reply: PageReply,
): boolean {
  try {
    checked.read(request, { ...reply, body: [] });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
