import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';

const Client = Octokit.plugin(paginateRest);
const log = { debug() {}, info() {}, warn() {}, error() {} };

async function walk(octokit, push) {
  for await (const { data } of octokit.paginate.iterator('GET /items')) data.forEach(push);
}

/** It gives pages; the loop over their items is the caller's. */
export default {
  name: 'octokit paginate-rest',
  packages: ['@octokit/core', '@octokit/plugin-paginate-rest'],
  each(list, push) {
    const octokit = new Client({ baseUrl: 'http://list.test', log });
    octokit.hook.wrap('request', async (_, { url }) => {
      const page = await list.fetch(/cursor=(\w+)/.exec(url)?.[1]);
      const { next_cursor: next } = page;
      const headers =
        next === null ? {} : { link: `<http://list.test/items?cursor=${next}>; rel="next"` };
      return { status: 200, url, headers, data: page.items };
    });
    return walk(octokit, push);
  },
  http: (url, push) => walk(new Client({ baseUrl: `${url}/array`, log }), push),
};
