import { lastValueFrom } from 'rxjs';

import { csvFile, exportTo, ndjsonFile } from '../../../../dist/node/export.mjs';
import { cursorPagination, paginate } from '../../../../dist/node/index.mjs';

const URL = 'http://list.test/rows';
const pagination = cursorPagination({ items: '/rows', next: '/next' });

export default {
  name: '`exportTo`',
  packages: [],
  exported(load, file, how) {
    const transport = async ({ params }) => {
      return { status: 200, headers: {}, url: '', body: await load(Number(params?.cursor ?? 0)) };
    };
    const sink = how === 'csv' ? csvFile(file) : ndjsonFile(file);
    const checkpoint = how === 'synced' ? 'page' : false;
    return lastValueFrom(exportTo(paginate(transport, URL, { pagination }), sink, { checkpoint }));
  },
};
