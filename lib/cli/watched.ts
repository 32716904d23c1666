import { from, tap } from 'rxjs';

import type { PageReply } from '../core/page-reply';
import type { Transport } from '../core/transport';

/** The same transport, whose replies are shown to `saw`. */
export function watched(transport: Transport, saw: (reply: PageReply) => void): Transport {
  const seeing: Transport = (request, signal, limits) =>
    from(transport(request, signal, limits)).pipe(tap(saw));
  const { anonymous, baseUrl } = transport;
  return Object.assign(seeing, { anonymous, baseUrl });
}
