import { readFlag, readWhole } from '../strategy/read-values';
import { viewBody } from './body-view';
import type { Field } from './body-view';
import type { Evidence } from './detection';
import { isPageTotal, isLastName, isMoreName, totalRank } from './reply-names';
import { isRest } from './rest-signs';
import type { Sight } from './sight';
import { isNextName } from './token-names';

/** Words under which a header says where a list goes on; those of frameworks say how they route and keep pages. */
const POSITIONS = /^(?:next|cursor|continu\w*|marker|bookmark|resum\w*|scroll)$/;
const OTHER = /^(?:cache|router|tags|action|prev|previous|self|first)$/;
const NOTHING = /^(?:|0|-1|false|null|none|undefined)$/i;
const MOST = 8_192;

/** Signs in headers that there is more, too weak to go by. */
export function headerSigns(sight: Sight, count: number): readonly Evidence[] {
  const { reply, request } = sight;
  const found = sight.headers.filter(
    (field) =>
      isPosition(field) ||
      isRest(field, count) ||
      fieldsOf(field.value).some((inner) => saysMore(inner, count, request.pathStems)),
  );
  const signs = found.map(({ name, pointer }) => sign(`the header ${name}`, pointer));
  const { warning = '' } = reply.headers;
  return /truncat|incomplete|partial/i.test(warning)
    ? [...signs, sign('the header warning', '$response.headers#/warning')]
    : signs;
}

function sign(what: string, at: string): Evidence {
  return { found: `${what} may say that there is more`, at, weight: 0.3 };
}

function isPosition({ words, value }: Field<string>): boolean {
  return (
    words.some((word) => POSITIONS.test(word)) &&
    !words.some((word) => OTHER.test(word)) &&
    !NOTHING.test(value.trim())
  );
}

/** What stands in a header as JSON: `X-Pagination: {"total":40,"page":1}`. */
function fieldsOf(text: string): readonly Field[] {
  if (!text.startsWith('{') || text.length > MOST) return [];
  try {
    return viewBody(JSON.parse(text), { intoSingles: false }).scalars;
  } catch {
    return [];
  }
}

function saysMore(field: Field, count: number, stems: ReadonlySet<string>): boolean {
  const { words, value } = field;
  const number = readWhole(value) ?? 0;
  const flag = readFlag(value);
  return (
    (totalRank(words, stems) > 0 && number > count) ||
    (isPageTotal(words) && number > 1) ||
    (isMoreName(words) && flag === true) ||
    (isLastName(words) && flag === false) ||
    (isNextName(words) && !NOTHING.test(String(value))) ||
    isRest(field, count)
  );
}
