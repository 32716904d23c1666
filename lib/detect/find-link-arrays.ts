import { isRecord } from '../protocol/is-record';
import { member } from './body-view';
import type { List } from './body-view';
import type { Finder, Lead } from './lead';
import { resolved } from './link-text';
import { isLinks } from './rank-lists';
import type { Sight } from './sight';

/** Links of a list looked at. */
const MOST = 50;

/** A list of links, one of them of the relation `next`. */
export const findLinkArrays: Finder = (sight, items) =>
  sight.body.lists
    .filter((list) => list.pointer !== items.pointer && isLinks(list.value))
    .flatMap((list) => leadOf(list, sight));

function leadOf(list: List, sight: Sight): readonly Lead[] {
  const link = list.value.slice(0, MOST).find((one) => isNext(one));
  if (link === undefined) return [];
  const method = member(link, 'method');
  const body = member(link, 'body');
  const isPost = typeof method === 'string' && method.toUpperCase() === 'POST';
  const evidence = {
    found: 'a list of links, one with the relation next',
    at: list.pointer,
    weight: 0.97,
  };
  if (isPost) {
    // The link says what goes into the body beside what is there (STAC).
    if (!isRecord(body) || member(link, 'merge') !== true) return [];
    return [
      {
        description: {
          kind: 'cursor',
          in: 'body',
          param: '',
          spread: true,
          next: { linkIn: [list.pointer, 'next', '/body'] },
        },
        confidence: 0.95,
        isFirm: true,
        evidence: [evidence],
      },
    ];
  }
  const target = ['href', 'url', 'uri']
    .map((name) => member(link, name))
    .find((one) => one !== undefined);
  if (typeof target !== 'string' || resolved(target, sight) === undefined) return [];
  return [
    {
      description: { kind: 'link', next: { linkIn: [list.pointer, 'next'] } },
      confidence: sight.request.hasBody ? 0.7 : 0.97,
      isFirm: true,
      evidence: [evidence],
    },
  ];
}

function isNext(link: unknown): boolean {
  const relation = member(link, 'rel') ?? member(link, 'relation');
  return typeof relation === 'string' && relation.toLowerCase().split(/\s+/).includes('next');
}

/** The relations about paging in lists of links. */
export function arrayRels({ body }: Sight): readonly string[] {
  return body.lists
    .filter(({ value }) => isLinks(value))
    .flatMap(({ value }) =>
      value.slice(0, MOST).flatMap((link) => {
        const relation = member(link, 'rel') ?? member(link, 'relation');
        return typeof relation === 'string' ? [relation.toLowerCase()] : [];
      }),
    );
}
