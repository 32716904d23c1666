import got from 'got';

export default {
  name: 'got.paginate',
  packages: ['got'],
  async http(url, push) {
    for await (const item of got.paginate(`${url}/array/items`)) push(item);
  },
};
