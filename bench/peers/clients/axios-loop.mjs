import axios from 'axios';

import { TIMEOUT, TOKEN } from '../settings.mjs';

export default axiosLoop('axios, a loop', ['axios']);

/**
 * The usual loop around an axios instance.
 * @param {string} name
 * @param {string[]} packages
 * @param {(http: import('axios').AxiosInstance) => void} [prepare]
 */
export function axiosLoop(name, packages, prepare = () => {}) {
  return {
    name,
    packages,
    flavours: ['next link', 'number'],
    async walk({ url, flavour }, push) {
      const http = axios.create({
        baseURL: url,
        timeout: TIMEOUT,
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      prepare(http);
      if (flavour === 'number') {
        for (let page = 1; ; page++) {
          const { data } = await http.get('/items', { params: { page } });
          if (data.items.length === 0) return;
          data.items.forEach(push);
        }
      }
      for (let next = '/items'; next;) {
        const { data } = await http.get(next);
        data.value.forEach(push);
        next = data.nextLink;
      }
    },
  };
}
