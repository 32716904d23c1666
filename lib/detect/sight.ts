import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import { literalSize } from './graphql-slots';
import { viewBody } from './body-view';
import type { BodyView, Field } from './body-view';
import { headerFields } from './header-fields';
import { viewRequest } from './request-view';
import type { RequestView } from './request-view';

/** Everything detection looks at: a request, its reply, both taken apart. */
export interface Sight {
  readonly request: RequestView;
  readonly reply: PageReply;
  readonly body: BodyView;
  /** Headers of the reply that may be about paging. */
  readonly headers: readonly Field<string>[];
  /** The page size asked for. */
  readonly size: number | undefined;
}

export function look(request: PageRequest, reply: PageReply): Sight {
  const view = viewRequest(request);
  const query: unknown = view.isGraphql ? Reflect.get(Object(request.body), 'query') : undefined;
  return {
    request: view,
    reply,
    body: viewBody(reply.body, { intoSingles: view.isGraphql }),
    headers: headerFields(reply.headers),
    size: view.size?.number ?? (typeof query === 'string' ? literalSize(query) : undefined),
  };
}
