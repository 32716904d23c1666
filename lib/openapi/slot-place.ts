import type { SlotPlace } from '../strategy/slot';
import type { RequestPlace } from './pagination-description';

/** The slot of a request for each place that OpenAPI names. */
export const SLOT_PLACES: Readonly<Record<RequestPlace['in'], SlotPlace>> = {
  query: 'params',
  path: 'path',
  header: 'headers',
  body: 'body',
};
