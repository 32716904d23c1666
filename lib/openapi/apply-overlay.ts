import { query, type JSONPathNode } from 'json-p3';

import { describe } from '../core/check-options';
import { setOwn } from '../protocol/set-own';
import { isObject, listOf, member, textOf } from './json-view';

/**
 * The document with the actions of an OpenAPI Overlay (1.0, with `copy` of later versions) carried out in their order: the way to say
 * how a list is paged in a document one does not own. Objects are merged, elements appended to arrays, other values replaced; an action
 * whose target is nowhere changes nothing and is told to `unmatched`.
 *
 * @param document is not changed
 * @param overlay the overlay as parsed JSON or YAML
 * @throws TypeError for what is no overlay, and for a target that is no JSONPath (RFC 9535)
 * @see https://spec.openapis.org/overlay/v1.0.0.html
 */
export function applyOverlay(
  document: unknown,
  overlay: unknown,
  unmatched: (target: string) => void = () => undefined,
): unknown {
  const actions = member(overlay, 'actions');
  if (!/^1\.\d/.test(textOf(overlay, 'overlay') ?? '') || !Array.isArray(actions)) {
    throw new TypeError("Expected an overlay: 'overlay' of version 1.x and a list of 'actions'");
  }
  // Apart from the document, and without parts that are shared (YAML aliases): a change here must not show elsewhere.
  const copy = JSON.parse(JSON.stringify(document)) as unknown;
  for (const [index, action] of listOf(actions).entries()) {
    const target = textOf(action, 'target');
    if (target === undefined) {
      throw new TypeError(`Expected a JSONPath as the target of action ${String(index + 1)}`);
    }
    const nodes = find(target, copy);
    if (nodes.length === 0) unmatched(target);
    if (member(action, 'remove') === true) remove(nodes, copy);
    else for (const { value } of nodes) update(value, updateOf(action, copy), target);
  }
  return copy;
}

function find(path: string, document: unknown): readonly JSONPathNode[] {
  try {
    return query(path, document as Parameters<typeof query>[1]).nodes;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new TypeError(`Expected a JSONPath, got ${describe(path)}: ${reason}`);
  }
}

function updateOf(action: unknown, document: unknown): unknown {
  const from = textOf(action, 'copy');
  if (from === undefined) return member(action, 'update');
  const [node, second] = find(from, document);
  if (node === undefined || second !== undefined) {
    throw new TypeError(`Expected one value at the 'copy' ${describe(from)}`);
  }
  return JSON.parse(JSON.stringify(node.value)) as unknown;
}

function update(target: unknown, value: unknown, path: string): void {
  if (value === undefined) return;
  if (Array.isArray(target))
    target.push(...(Array.isArray(value) ? (value as unknown[]) : [value]));
  else if (isObject(target) && isObject(value)) merge(target, value);
  else
    throw new TypeError(
      `The target ${describe(path)} takes no such update: it is ${describe(target)}`,
    );
}

function merge(target: object, value: object): void {
  for (const [name, added] of Object.entries(value)) {
    const present = member(target, name);
    if (isObject(present) && isObject(added)) merge(present, added);
    else if (Array.isArray(present) && Array.isArray(added)) present.push(...(added as unknown[]));
    else define(target, name, added);
  }
}

function define(target: object, name: string, added: unknown): void {
  setOwn(target, name, typeof added === 'object' ? JSON.parse(JSON.stringify(added)) : added);
}

/** The last elements of an array first, so that the places of the others stay. */
function remove(nodes: readonly JSONPathNode[], document: unknown): void {
  for (const { location } of [...nodes].reverse()) {
    const name = location.at(-1);
    const parent = location.slice(0, -1).reduce<unknown>(stepInto, document);
    if (Array.isArray(parent) && typeof name === 'number') parent.splice(name, 1);
    else if (isObject(parent) && name !== undefined) Reflect.deleteProperty(parent, name);
  }
}

function stepInto(value: unknown, name: string | number): unknown {
  return Array.isArray(value) ? (value as unknown[])[Number(name)] : member(value, String(name));
}
