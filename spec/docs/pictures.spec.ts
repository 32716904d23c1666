import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { demandPictures } from '../../scripts/guide/demand-pictures';

const folder = join(__dirname, '..', '..', 'docs', 'guide', 'pictures');
const pictures = demandPictures();

describe('the pictures of the guide', () => {
  it.each([...pictures])('%s shows what a walk does now (`npm run pictures`)', (name, content) => {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(content);
  });

  it('are no more than those', () => {
    expect(readdirSync(folder)).toEqual([...pictures.keys()].sort());
  });
});
