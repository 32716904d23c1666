import { from } from 'rxjs';

import generator from './generator.mjs';

export default {
  name: '`from(async generator)`',
  packages: ['rxjs'],
  each: (list, push) => from(generator.iterate(list)).forEach(push),
};
