import OpenAI from 'openai';
import { from } from 'rxjs';

const clients = new WeakMap();

/** On a `fetch` whose replies were parsed already. */
function clientOf(list) {
  // Its pages are asked for by the id of the last item.
  const pages = list.pages.map(({ items, next_cursor: next }) => {
    return { object: 'list', data: items, has_more: next !== null };
  });
  const byId = new Map(pages.map((page, at) => [pages[at - 1]?.data.at(-1).id, page]));
  const headers = new Headers({ 'content-type': 'application/json' });
  return new OpenAI({
    apiKey: 'key',
    baseURL: 'http://list.test',
    logLevel: 'off',
    fetch: async (url) => {
      const after = /after=(\d+)/.exec(String(url))?.[1];
      const page = byId.get(after === undefined ? undefined : Number(after));
      return {
        ok: true,
        status: 200,
        url: String(url),
        headers,
        body: null,
        json: async () => page,
      };
    },
  });
}

function iterate(list) {
  let client = clients.get(list);
  if (client === undefined) clients.set(list, (client = clientOf(list)));
  return client.files.list();
}

export default {
  name: 'openai',
  packages: ['openai'],
  iterate,
  // As a promise it would be one page to `from`.
  each: (list, push) => from(iterate(list)[Symbol.asyncIterator]()).forEach(push),
};
