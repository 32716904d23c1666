import { getPagedAsyncIterator } from '@azure/core-paging';
import {
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
} from '@azure/core-rest-pipeline';

import { RETRIES, TIMEOUT, TOKEN } from '../settings.mjs';

/** The key goes with every request, as in the key policy of Azure's REST clients. */
const key = {
  name: 'key',
  sendRequest(request, next) {
    request.headers.set('authorization', `Bearer ${TOKEN}`);
    return next(request);
  },
};

export default {
  name: 'azure core-paging',
  packages: ['@azure/core-paging', '@azure/core-rest-pipeline'],
  flavours: ['next link'],
  async walk({ url }, push) {
    const http = createDefaultHttpClient();
    const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: RETRIES } });
    pipeline.addPolicy(key);
    const pages = getPagedAsyncIterator({
      firstPageLink: `${url}/items`,
      async getPage(link) {
        const request = createPipelineRequest({
          url: link,
          timeout: TIMEOUT,
          allowInsecureConnection: true,
        });
        const { status, bodyAsText } = await pipeline.sendRequest(http, request);
        // As the generated clients do (isUnexpected).
        if (status !== 200) throw new Error(`status ${status}`);
        const body = JSON.parse(bodyAsText ?? '');
        return { page: body.value ?? [], nextPageLink: body.nextLink };
      },
    });
    for await (const item of pages) push(item);
  },
};
