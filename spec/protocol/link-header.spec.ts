import fc from 'fast-check';
import LinkHeader from 'http-link-header';

import { linkByRel, parseLinkHeader } from '../../lib/protocol/link-header';
import { pollution } from '../support/polluted';

const nextOf = (text: string, replyUrl?: string) =>
  linkByRel(parseLinkHeader(text), 'next', replyUrl);

describe('parseLinkHeader', () => {
  it('reads the header of GitHub', () => {
    const text =
      '<https://api.github.com/repositories/1/issues?page=2>; rel="next", ' +
      '<https://api.github.com/repositories/1/issues?page=7>; rel="last"';
    expect(parseLinkHeader(text)).toEqual([
      {
        target: 'https://api.github.com/repositories/1/issues?page=2',
        rels: ['next'],
        params: { rel: 'next' },
      },
      {
        target: 'https://api.github.com/repositories/1/issues?page=7',
        rels: ['last'],
        params: { rel: 'last' },
      },
    ]);
  });

  it('keeps further parameters, as Sentry sends them', () => {
    const [link] = parseLinkHeader(
      '<https://s/?c=0:100:0>; rel="next"; results="false"; C="0:1:0"',
    );
    expect(link?.params).toEqual({ rel: 'next', results: 'false', c: '0:1:0' });
  });

  it.each([
    ['several rels in one value', '</p2>; rel="last next"'],
    ['rels apart by several blanks', '</p2>; rel="  last \t next "'],
    ['an unquoted rel', '</p2>; rel=next'],
    ['an unquoted rel before another parameter', '</p2>;rel=next;title=x'],
    ['upper case', '</p2>; REL="NEXT"'],
    ['blanks in every place', ' \t< /p2 > ; rel = "next" ; title = x , '],
    ['commas in a quoted text', '</p1>; title="a, <b>; rel=next"; rel=prev, </p2>; rel=next'],
    ['escapes in a quoted text', '</p1>; title="\\", </x>; rel=next; \\\\"; rel=prev, </p2>; rel=next'], // prettier-ignore
    ['escapes in the rel', '</p2>; rel="n\\ext"'],
    ['several header lines', '</p0>; rel=first, </p2>; rel=next, </p9>; rel=last'],
    ['empty elements', ', ,, </p2>; rel=next,,'],
    ['an empty parameter', '</p2>;; rel=next;'],
    ['a parameter without value before', '</p2>; crossorigin; rel=next'],
    ['single quotes', "</p2>; rel='next'"],
    ['garbage before', 'garbage; rel=next, </p2>; rel=next'],
    ['garbage after the target', '</p2> garbage; rel=next'],
    ['garbage after a quoted value', '</p2>; rel="next"garbage, </p3>; rel=next'],
    ['a quote that is never closed', '</p2>; rel="next'],
    ['the first of two', '</p2>; rel=next, </p3>; rel=next'],
    ['line ends', '</p1>; rel=prev,\r\n </p2>; rel=next'],
  ])('reads %s', (_, text) => {
    expect(nextOf(text)).toBe('/p2');
  });

  it('takes commas and semicolons inside <> for part of the target', () => {
    expect(nextOf('<https://h/a;b,c?d=1,2;3>; rel="next"')).toBe('https://h/a;b,c?d=1,2;3');
  });

  it('counts only the first rel parameter', () => {
    expect(nextOf('</p2>; rel=prev; rel=next')).toBeUndefined();
    expect(nextOf('</p2>; rel=next; rel=prev')).toBe('/p2');
  });

  it.each(['', ' ', ',', '</p2>', '</p2>; rel', '</p2>; rel=', '</p2>; rel=""', '</p2; rel=next'])(
    'finds no next link in %j',
    (text) => {
      expect(nextOf(text)).toBeUndefined();
    },
  );

  it('does not take a longer word for next', () => {
    expect(nextOf('</p2>; rel="next-archive", </p3>; rel="http://x/next"')).toBeUndefined();
  });

  it('keeps __proto__ and constructor as names of parameters', () => {
    const [link] = parseLinkHeader('</a>; __proto__=x; constructor=y; rel=next');
    expect(JSON.stringify(link?.params)).toBe('{"__proto__":"x","constructor":"y","rel":"next"}');
    expect(pollution()).toEqual([]);
  });

  it('reads well-formed headers like the library http-link-header', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', ',', ';', '=', '<', '>', ' ', '"', '\\') }); // prettier-ignore
    const quoted = text.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`);
    const token = fc.string({ unit: fc.constantFrom('a', 'b', '-', '1'), minLength: 1 });
    const uri = fc.string({ unit: fc.constantFrom('a', '/', '?', '=', ',', ';', '%20', '"', '{') });
    const rels = fc.array(fc.constantFrom('next', 'prev', 'last', 'item'), { minLength: 1 });
    const link = fc.record({ uri, title: fc.option(fc.oneof(quoted, token)), rels, blank: fc.boolean() }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(link, { minLength: 1 }), (links) => {
        const header = links
          .map((one) => {
            const gap = one.blank ? ' ' : '';
            const title = one.title === null ? '' : `;${gap}title=${one.title}`;
            return `<${one.uri}>${gap}${title};${gap}rel="${one.rels.join(' ')}"`;
          })
          .join(', ');
        const ours = parseLinkHeader(header).flatMap(({ target, rels, params }) =>
          rels.map((rel) => ({ uri: target, rel, title: params['title'] })),
        );
        const theirs = LinkHeader.parse(header).refs.map(({ uri, rel, title }) => ({ uri, rel, title })); // prettier-ignore
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 500 },
    );
  });

  it('survives 2,000 arbitrary texts', () => {
    const unit = fc.constantFrom('<', '>', ';', ',', '"', '\\', '=', ' ', 'rel', 'next', "'", '__proto__', '\n', '\0', '\ud800'); // prettier-ignore
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        for (const { target, rels } of parseLinkHeader(text)) {
          expect(text).toContain(`<`);
          expect(text).toContain(target);
          expect(rels.every((rel) => rel !== '' && rel === rel.toLowerCase())).toBe(true);
        }
        expect(pollution()).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '<',
    '>',
    ';',
    ',',
    '"',
    '\\',
    ' ',
    '=',
    '<>',
    '<,',
    '</a>;"',
    '";',
    '\\"',
    '</a>;rel="',
    'a',
    "</a>;rel='",
  ])(
    // prettier-ignore
    'takes time linear in the size of a text of %j',
    (unit) => {
      const small = unit.repeat(Math.ceil(16_384 / unit.length));
      const large = unit.repeat(Math.ceil(1_048_576 / unit.length));
      // 64 times the size costs 64 times as much; a quadratic parser costs 4,096 times.
      expect(timeOf(large, 1)).toBeLessThan(64 * 8 * timeOf(small, 16));
    },
  );
});

/** Milliseconds of one call, the best of several. */
function timeOf(text: string, calls: number): number {
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    for (let call = 0; call < calls; call++) parseLinkHeader(text);
    best = Math.min(best, (performance.now() - start) / calls);
  }
  return best;
}

describe('linkByRel', () => {
  it('passes over links that are about another resource', () => {
    const text = '</p9>; rel=next; anchor="/other", </p2>; rel=next';
    expect(nextOf(text)).toBe('/p2');
    expect(nextOf(text, 'https://h/users')).toBe('/p2');
    expect(parseLinkHeader(text)[0]?.anchor).toBe('/other');
  });

  it('knows an anchor that is the reply itself', () => {
    expect(nextOf('</p2>; rel=next; anchor=""')).toBe('/p2');
    expect(nextOf('</p2>; rel=next; anchor="/users"', 'https://h/users')).toBe('/p2');
    expect(nextOf('</p2>; rel=next; anchor="/users#x"', 'https://h/users')).toBeUndefined();
    expect(nextOf('</p2>; rel=next; anchor="/users"')).toBeUndefined();
  });

  it('ignores the case of the relation', () => {
    expect(linkByRel(parseLinkHeader('</p2>; rel=Next'), 'NEXT')).toBe('/p2');
  });
});
