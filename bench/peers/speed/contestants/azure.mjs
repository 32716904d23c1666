import { getPagedAsyncIterator } from '@azure/core-paging';
import { from } from 'rxjs';

const iterate = (list) =>
  getPagedAsyncIterator({
    firstPageLink: 'p0',
    async getPage(link) {
      const page = await list.fetch(link);
      return { page: page.items, nextPageLink: page.next_cursor ?? undefined };
    },
  });

export default {
  name: 'azure core-paging',
  packages: ['@azure/core-paging'],
  iterate,
  each: (list, push) => from(iterate(list)).forEach(push),
};
