import Stripe from 'stripe';

import { RETRIES, TIMEOUT, TOKEN } from '../settings.mjs';

export default {
  name: 'stripe autoPagingEach',
  packages: ['stripe'],
  flavours: ['last item'],
  async walk({ url }, push) {
    const { hostname, port } = new URL(url);
    const stripe = new Stripe(TOKEN, {
      host: hostname,
      port,
      protocol: 'http',
      maxNetworkRetries: RETRIES,
      timeout: TIMEOUT,
      telemetry: false,
    });
    await stripe.customers.list({ limit: 10 }).autoPagingEach((item) => {
      push(item);
    });
  },
};
