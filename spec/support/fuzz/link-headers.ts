import fc from 'fast-check';

import { linkPagination } from 'paged-observable';

import { linkByRel, parseLinkHeader } from '../../../lib/protocol/link-header';
import { fuzzTarget } from './fuzz-target';
import { links } from './links';
import { demand, FIRST, survive } from './survive';

const parameters = fc.constantFrom(
  ...['rel="next"', 'rel=next', "rel='next'", 'REL=Next', 'rel="prev next"', 'rel=prev', 'rel'],
  ...['rel="next', 'anchor="/other"', 'anchor=""', 'title="a, b; c\\""', '__proto__=x', '=', '"'],
);

const oneLink = fc
  .tuple(links, fc.array(parameters, { maxLength: 3 }))
  .map(([target, given]) => [`<${target}>`, ...given].join('; '));

/** `Link` headers: links in order, and characters that mean something in one. */
const headers = fc.oneof(
  links.map((target) => `<${target}>; rel="next"`),
  fc.array(oneLink, { minLength: 1, maxLength: 4 }).map((all) => all.join(', ')),
  fc.string({ unit: fc.constantFrom(...Array.from('<>;,="\\ relnxt:/?a')), maxLength: 60 }),
);

export const linkHeaders = fuzzTarget({
  name: 'link-headers',
  title: 'Link headers, parsed and followed',
  shows: ['followed', 'no link', 'CROSS_ORIGIN'],
  inputs: fc.array(headers, { minLength: 1, maxLength: 7 }),
  check: (given) => {
    for (const text of given) {
      const parsed = parseLinkHeader(text);
      linkByRel(parsed, 'next', FIRST);
      const size = parsed.reduce((sum, { target }) => sum + target.length, 0);
      demand(size <= text.length, 'more targets than there is text');
      demand(
        parsed.every(({ params }) => Object.getPrototypeOf(params) === Object.prototype),
        'parameters of another prototype',
      );
    }
    const { requests, code } = survive((nth) => {
      const link = given[nth];
      return { headers: link === undefined ? {} : { link }, body: [nth] };
    }, linkPagination());
    return requests.length > 1 ? 'followed' : (code ?? 'no link');
  },
});
