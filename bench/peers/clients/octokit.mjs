import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';

import { RETRIES, TOKEN } from '../settings.mjs';

const Client = Octokit.plugin(paginateRest, retry);

/** It has no option for a time limit. */
export default {
  name: 'octokit paginate + retry',
  packages: ['@octokit/core', '@octokit/plugin-paginate-rest', '@octokit/plugin-retry'],
  flavours: ['link'],
  async walk({ url }, push) {
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const octokit = new Client({
      auth: TOKEN,
      baseUrl: url,
      log,
      retry: { retries: RETRIES },
    });
    for await (const { data } of octokit.paginate.iterator('GET /items')) data.forEach(push);
  },
};
