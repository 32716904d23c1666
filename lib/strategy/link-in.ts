import { checkArgument, isText } from '../core/check-options';
import { parsePointer, resolvePointer } from '../protocol/json-pointer';
import { isPointerGiven, select } from './selector';
import type { SelectorFunction } from './selector';
import { labelled } from './selector-functions';

/** How the members of such lists are called: JSON Hyper-Schema and STAC write `rel` and `href`, FHIR `relation` and `url`. */
const RELATIONS = ['rel', 'relation'];
const TARGETS = ['href', 'url', 'uri'];

/**
 * A selector of the link of a relation in a list of links, e.g. `[{ "rel": "next", "href": "..." }]`: the target of the
 * first one, or, with `at`, what that pointer leads to within it.
 * @throws TypeError if a pointer is malformed, or the relation no text.
 */
export function linkIn(links: string, rel: string, at?: string): SelectorFunction {
  checkArgument('linkIn: links', links, isPointerGiven);
  checkArgument('linkIn: rel', rel, isText);
  if (at !== undefined) checkArgument('linkIn: at', at, isPointerGiven);
  parsePointer(links.replace(/^\$response\.body#?/, ''));
  const tokens = at === undefined ? undefined : parsePointer(at);
  const label = `linkIn(${[links, rel, ...(at === undefined ? [] : [at])].join(' ')})`;
  return labelled(label, (reply) => {
    const link = findLink(select(reply, links), rel.toLowerCase());
    if (link === undefined) return undefined;
    if (tokens === undefined) return firstOf(link, TARGETS);
    const found = resolvePointer(link, tokens);
    return found.found ? found.value : undefined;
  });
}

function findLink(list: unknown, rel: string): object | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.find((link: unknown): link is object => {
    if (typeof link !== 'object' || link === null) return false;
    const relation = firstOf(link, RELATIONS);
    return typeof relation === 'string' && relation.toLowerCase().split(/\s+/).includes(rel);
  });
}

function firstOf(link: object, names: readonly string[]): unknown {
  const name = names.find((one) => Object.hasOwn(link, one));
  return name === undefined ? undefined : Reflect.get(link, name);
}
