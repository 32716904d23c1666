import { UnfitExtension, type ExtensionReader } from './extension-reader';
import { isObject, listOf, member, present } from './json-view';

const KEY = 'x-dropshot-pagination';

/**
 * `x-dropshot-pagination` of Dropshot servers (KittyCAD, Oxide): `{ required: [names] }`, in older documents `true`. The reply must
 * be an object of `items` and `next_page`, else the key is not trusted.
 *
 * @see https://docs.rs/dropshot ("Pagination")
 */
export const readDropshot: ExtensionReader = (reading) => {
  const value = reading.extension(KEY);
  if (value === undefined || value === false) return undefined;
  const required = value === true ? [] : member(value, 'required');
  if (!(value === true || isObject(value)) || !isNames(required)) {
    throw new UnfitExtension('expected { required: [names] } or true');
  }
  const schema = reading.operation.success?.schema;
  const { schemas } = reading.document;
  if (schema === undefined || schemas.itemsAt(schema, ['items']).fits !== 'yes') {
    throw new UnfitExtension('the response has no array of items');
  }
  const token = schemas.walk(schema, ['next_page']);
  const types = token.fits === 'yes' ? schemas.view(token.schema).types : undefined;
  if (types === undefined || !(types.has('string') || types.size === 0)) {
    throw new UnfitExtension("the response has no text 'next_page'");
  }
  const cursor = reading.parameter('page_token', ['query']);
  if (cursor === undefined) throw new UnfitExtension("the operation has no parameter 'page_token'");
  const limit = reading.parameter('limit', ['query']);
  return {
    extension: KEY,
    system: 'dropshot' as const,
    kind: 'cursor',
    ...reading.itemsAt(['items']),
    request: present({
      cursor: { in: 'query' as const, name: 'page_token' },
      limit: limit && { in: 'query' as const, name: 'limit' },
    }),
    next: { in: 'body', pointer: '/next_page' },
    firstPageRequired: required,
  };
};

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && listOf(value).every((name) => typeof name === 'string');
}
