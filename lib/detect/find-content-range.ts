import { parseContentRange } from '../protocol/content-range';
import type { Finder } from './lead';

/** Rows asked for by a `Range` header and named by `Content-Range`. */
export const findContentRange: Finder = ({ request, reply }, { value }) => {
  const text = Object.hasOwn(reply.headers, 'content-range') ? reply.headers['content-range'] : '';
  const said = parseContentRange(text ?? '');
  if (said?.first === undefined || said.last === undefined) return [];
  const own = request.headers.find(({ name }) => name.toLowerCase() === 'range');
  const isRows = said.last - said.first + 1 === value.length;
  const isRange = own !== undefined && /^(?:[\w-]+=)?\d+-\d+$/.test(String(own.value).trim());
  const isPartial = reply.status === 206 || Object.hasOwn(reply.headers, 'range-unit');
  if (!isRows || (!isRange && !isPartial)) return [];
  const confidence = isRange ? 0.97 : 0.45;
  return [
    {
      description: {
        kind: 'contentRange',
        ...(!isRange && { size: value.length, ...(said.unit !== '' && { unit: said.unit }) }),
      },
      confidence,
      isFirm: isRange,
      evidence: [
        {
          found: 'rows counted by Content-Range',
          at: '$response.headers#/content-range',
          weight: confidence,
        },
      ],
    },
  ];
};
