import OpenAI from 'openai';

import { RETRIES, TIMEOUT, TOKEN } from '../settings.mjs';

export default {
  name: 'openai',
  packages: ['openai'],
  flavours: ['last item'],
  async walk({ url }, push) {
    const client = new OpenAI({
      apiKey: TOKEN,
      baseURL: url,
      maxRetries: RETRIES,
      timeout: TIMEOUT,
      logLevel: 'off',
    });
    for await (const item of client.files.list()) push(item);
  },
};
