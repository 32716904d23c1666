import axiosRetry, { exponentialDelay } from 'axios-retry';

import { RETRIES } from '../settings.mjs';
import { axiosLoop } from './axios-loop.mjs';

export default axiosLoop('axios-retry, a loop', ['axios-retry'], (http) => {
  axiosRetry(http, { retries: RETRIES, retryDelay: exponentialDelay });
});
